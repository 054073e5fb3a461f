//! Templates within templates: `{{include "list"}}`, and the guard against templates that include one another without
//! end, which would take all memory before anything is said. Only a user's own templates can.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use handlebars::template::{DecoratorTemplate, Parameter, TemplateElement};
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason, Renderable as _,
    Template,
};

use super::parameter::parameter;

/// A brief nests a section, its blocks, columns, their blocks and what these are: six.
const DEEPEST: usize = 24;

/// `{{include "list"}}`: another template in this place. A partial does the same with a copy of all that it is given.
pub(crate) struct Include {
    /// How many are being included, one in another.
    open: AtomicUsize,
    most: usize,
}

impl Include {
    /// For templates that are known to end.
    pub(crate) const fn unlimited() -> Self {
        Self { open: AtomicUsize::new(0), most: usize::MAX }
    }

    /// For a registry that is used for one brief at a time.
    pub(crate) const fn limited() -> Self {
        Self { open: AtomicUsize::new(0), most: DEEPEST }
    }
}

impl HelperDef for Include {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = parameter(h, 0)?.as_str().unwrap_or_default();
        let template =
            registry.get_template(name).ok_or_else(|| RenderErrorReason::TemplateNotFound(name.to_owned()))?;
        if self.open.fetch_add(1, Ordering::Relaxed) >= self.most {
            let message = format!("“{name}” is included more than {} deep: templates include one another", self.most);
            return Err(RenderErrorReason::Other(message).into());
        }
        let around = state.get_current_template_name();
        let result = template.render(registry, context, state, out);
        state.set_current_template_name(around);
        self.open.fetch_sub(1, Ordering::Relaxed);
        result
    }
}

/// The first round of partials that leads back to where it began, from name to name; handlebars would follow it until
/// the stack is full. A round that takes an `include` in its way is none: that one is counted.
pub(crate) fn round_of_partials(registry: &Handlebars) -> Option<Vec<String>> {
    let names: BTreeSet<&String> = registry.get_templates().keys().collect();
    names.into_iter().find_map(|name| round_from(registry, &mut vec![name.clone()]))
}

fn round_from(registry: &Handlebars, path: &mut Vec<String>) -> Option<Vec<String>> {
    let mut called = BTreeSet::new();
    partials(registry.get_template(path.last()?)?, &mut called);
    for name in called {
        let returns = path.iter().position(|before| *before == name);
        path.push(name);
        if let Some(start) = returns {
            return Some(path[start..].to_vec());
        }
        let round = round_from(registry, path);
        if round.is_some() {
            return round;
        }
        path.pop();
    }
    None
}

/// The names of the partials that a template calls.
fn partials(template: &Template, called: &mut BTreeSet<String>) {
    for element in &template.elements {
        match element {
            TemplateElement::PartialExpression(partial) | TemplateElement::PartialBlock(partial) => {
                let DecoratorTemplate { name, template, .. } = &**partial;
                if let Parameter::Name(name) = name {
                    called.insert(name.clone());
                }
                template.iter().for_each(|inner| partials(inner, called));
            }
            TemplateElement::HelperBlock(block) => {
                block.template.iter().chain(&block.inverse).for_each(|inner| partials(inner, called));
            }
            TemplateElement::DecoratorBlock(block) => {
                block.template.iter().for_each(|inner| partials(inner, called));
            }
            _ => {}
        }
    }
}
