//! The certificate authorities that are trusted: those of the platform's store, which may include a company's own, or
//! those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name. [`super::mail`] and [`super::caldav`] use them.

use std::error::Error;
use std::time::Duration;

/// Longest time to wait for each answer of a server.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(15);

/// Returns the certificates of the authorities, in DER. The list is empty if the machine has none, for example in a
/// bare container: then Mozilla's list, which is built into the program, is used.
pub(crate) fn authorities() -> Vec<Vec<u8>> {
    let found = rustls_native_certs::load_native_certs();
    found.certs.iter().map(|certificate| certificate.as_ref().to_vec()).collect()
}

/// Returns whether a connection failed because the server is not trusted: its certificate comes from an unknown
/// authority, has another name, or has expired.
pub(crate) fn is_untrusted(error: &(dyn Error + 'static)) -> bool {
    let mut at = Some(error);
    while let Some(error) = at {
        if format!("{error:?}").contains("InvalidCertificate") {
            return true;
        }
        at = error.source();
    }
    false
}

/// Describes that `host` is not trusted, and what to do.
pub(crate) fn untrusted(host: &str) -> String {
    format!(
        "the certificate of {host} is from no authority that this machine trusts, or is for another name: add your \
         company's authority to the system's store, or name its file in SSL_CERT_FILE"
    )
}
