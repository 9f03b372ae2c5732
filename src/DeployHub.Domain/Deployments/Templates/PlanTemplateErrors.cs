namespace DeployHub.Domain.Deployments.Templates;

/// <summary>Every way a template of plans says no.</summary>
public static class PlanTemplateErrors
{
    public static readonly Error KeyTaken = Error.Invalid("plan-template.key-taken", "Key", "Another template has this key. Ended ones keep theirs: choose another.");

    public static readonly Error Rehearsal = new(ErrorKind.Conflict, "plan-template.rehearsal", "A rehearsal tries a version of a model out; make a template from a real deployment.");

    public static Error Ended(string key) => new(ErrorKind.Conflict, "plan-template.ended", $"The template {key} is ended already. Make another one from a deployment.");
}
