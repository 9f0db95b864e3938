-- Stands in the place of a component.
module:set_type("component");
