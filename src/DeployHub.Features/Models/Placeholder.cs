using DeployHub.Domain.Models;

namespace DeployHub.Features.Models;

/// <summary>A name that may stand in a setting as <c>${name}</c>.</summary>
/// <param name="Name">Ends with a dot or colon where the rest is for whoever writes the model.</param>
public sealed record Placeholder(string Name, string Says)
{
    /// <summary>What needs no word in the model; its parameters and the outputs of its steps are written there.</summary>
    public static IReadOnlyList<Placeholder> All { get; } =
    [
        new("target.name", "The target’s name."),
        new("target.directory", "The directory of a local target."),
        new("target.label.", "One of the target’s labels, by its name."),
        new("target.", "One of the target’s variables, by its name."),
        new("variable.", "A variable of the service, by its name and scopes."),
        new("phase.name", "The phase’s name; within execute and rollback."),
        new("phase.number", "The phase’s number from 1; within execute and rollback."),
        new("phase.traffic", "How much of the traffic goes to the new version after the phase, in percent without the sign; within execute and rollback."),
        new("phase.otherTraffic", "What is left of the traffic for the version before; within execute and rollback."),
        new("version.label", "The label of the component version."),
        new("version.digest", "The digest of the component version."),
        new(Template.Manifest, "An entry of the version’s content manifest, by its name; before anything is touched."),
        new("component.key", "The key of the component."),
        new("environment.key", "The key of the environment."),
        new(Template.PromotionSource, "The environment from which this one gets its versions."),
        new("deployment.number", "The number of the deployment."),
        new("secret:", "A secret, by its name; the worker fetches it when the step runs."),
    ];
}
