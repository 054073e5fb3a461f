//! Includes a template in another by `{{include "list"}}`, and detects templates that include one another without end,
//! which would exhaust the memory. Only a user's own templates can do that.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use handlebars::template::{DecoratorTemplate, Parameter, TemplateElement};
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason, Renderable as _,
    Template,
};

use super::parameter::parameter;

/// Deepest nesting of includes. A brief needs six: section, block, columns, block, and their content.
const MAX_DEPTH: usize = 24;

/// `{{include "list"}}`: renders another template in this place. A partial would copy all its data.
pub(crate) struct Include {
    /// Current nesting of includes.
    open: AtomicUsize,
    most: usize,
}

impl Include {
    /// Makes a helper for the built-in templates, which always end.
    pub(crate) const fn unlimited() -> Self {
        Self { open: AtomicUsize::new(0), most: usize::MAX }
    }

    /// Makes a helper for a registry that renders one brief at a time.
    pub(crate) const fn limited() -> Self {
        Self { open: AtomicUsize::new(0), most: MAX_DEPTH }
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

/// Returns the first cycle of partials as a list of names; handlebars would follow it until the stack overflows. Cycles
/// through `include` are not reported, because their depth is limited.
pub(crate) fn cycle_of_partials(registry: &Handlebars) -> Option<Vec<String>> {
    let names: BTreeSet<&String> = registry.get_templates().keys().collect();
    names.into_iter().find_map(|name| cycle_from(registry, &mut vec![name.clone()]))
}

fn cycle_from(registry: &Handlebars, path: &mut Vec<String>) -> Option<Vec<String>> {
    let mut called = BTreeSet::new();
    partials(registry.get_template(path.last()?)?, &mut called);
    for name in called {
        let returns = path.iter().position(|before| *before == name);
        path.push(name);
        if let Some(start) = returns {
            return Some(path[start..].to_vec());
        }
        let round = cycle_from(registry, path);
        if round.is_some() {
            return round;
        }
        path.pop();
    }
    None
}

/// Collects the names of the partials that a template uses.
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
