using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models;

/// <summary>A name that may stand in a setting as <c>${name}</c>.</summary>
/// <param name="Name">Ends with a dot or colon where the rest is for whoever writes the model.</param>
/// <param name="Says">What it stands for, and where it has a value if not everywhere.</param>
/// <param name="Example">Such a value.</param>
public sealed record Placeholder(string Name, string Says, string Example)
{
    /// <summary>What the model itself gives a value to.</summary>
    public static IReadOnlyList<Placeholder> Own { get; } =
    [
        new("parameter.", "One of the model’s parameters, by its name: its default, or what the plan adapts.", "2"),
        new("step.key.output", "What an earlier step with that key says, by the name of its output; once that step is done.", "3"),
    ];

    /// <summary>What needs no word in the model.</summary>
    public static IReadOnlyList<Placeholder> All { get; } =
    [
        new("target.name", "The target’s name.", "web-1"),
        new("target.directory", "The target’s directory, on the worker’s machine or on its host.", "/srv/shop"),
        new("target.host", "The host of a target that is reached by SSH.", "web-1.example.com"),
        new("target.label.", "One of the target’s labels, by its name.", "north"),
        new("target.", "One of the target’s variables, by its name.", "8080"),
        new("variable.", "A variable of the service, by its name and scopes.", "https://shop.example"),
        new("phase.name", "The phase’s name; within execute and rollback.", "Canary"),
        new("phase.number", "The phase’s number from 1; within execute and rollback.", "1"),
        new("phase.traffic", "How much of the traffic goes to the new version after the phase, in percent without the sign; within execute and rollback.", "10"),
        new("phase.otherTraffic", "What is left of the traffic for the version before; within execute and rollback.", "90"),
        new("version.label", "The label of the component version.", "1.1.0"),
        new(
            "version.digest",
            "The digest of the component version, as sha256: and 64 hexadecimal digits: that of its artefact where it has only one and no content manifest, else one over all of them.",
            "sha256:9f86d081884c7d65…"),
        new(Template.Manifest, "An entry of the version’s content manifest, by its name; before anything is touched.", "R740"),
        new("component.key", "The key of the component.", "shop-web"),
        new("environment.key", "The key of the environment.", "production"),
        new(Template.PromotionSource, "The environment from which this one gets its versions; empty where its policy names none.", "staging"),
        new("deployment.number", "The number of the deployment.", "DEP-2026-000123"),
        new("secret:", "A secret, by its name; the worker fetches it when the step runs, and no page or log shows it.", "not shown"),
    ];

    public static IEnumerable<Placeholder> Known => Own.Concat(All);

    /// <summary>As people read it, such as <c>target.…</c>.</summary>
    [JsonIgnore]
    public string Written => Name[^1] is '.' or ':' ? $"{Name}…" : Name;
}
