//! Which authorities vouch for servers: those of the platform's store, a company's own among them, or those that
//! `SSL_CERT_FILE` and `SSL_CERT_DIR` name. [`super::mail`] and [`super::caldav`] trust them.

use std::error::Error;
use std::time::Duration;

/// How long a server may take for each answer.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(15);

/// The certificates of the authorities, in DER. Empty where the machine has none, as in a bare container: then those of
/// Mozilla's list, which the program holds, are trusted.
pub(crate) fn authorities() -> Vec<Vec<u8>> {
    let found = rustls_native_certs::load_native_certs();
    found.certs.iter().map(|certificate| certificate.as_ref().to_vec()).collect()
}

/// Whether a connection failed since nobody here vouches for the server: its certificate is of an unknown authority, of
/// another name, or has expired.
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

/// That nobody vouches for `host`, and what to do.
pub(crate) fn untrusted(host: &str) -> String {
    format!(
        "the certificate of {host} is from no authority that this machine trusts, or is for another name: add your \
         company's authority to the system's store, or name its file in SSL_CERT_FILE"
    )
}
