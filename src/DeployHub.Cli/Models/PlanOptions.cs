using System.CommandLine;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

/// <summary>What a plan says beyond its model, as options of a command.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string> _environment = new("--environment") { Required = true, HelpName = "key", Description = "Where it would go." };

    private readonly Option<string[]> _versions = new("--version", "--versions")
    {
        Required = true,
        HelpName = "component@label",
        AllowMultipleArgumentsPerToken = true,
        Description = "What would go there, in this order; component@absent would be removed.",
    };

    private readonly Option<string[]> _targets = new("--target", "--targets")
    {
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
        Description = "Where in the environment (default: every target in service).",
    };

    private readonly Option<string[]> _parameters = new("--parameter")
    {
        HelpName = "name=value",
        Description = "A parameter of the model, within its bounds; may be written several times.",
    };

    private readonly RemovalOptions _removal = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_environment);
        command.Options.Add(_versions);
        command.Options.Add(_targets);
        command.Options.Add(_parameters);
        _removal.AddTo(command);
    }

    public Plan Of(ParseResult parsed, VersionName model) => new(
        model.Slug, model.Number, parsed.GetRequiredValue(_environment), parsed.GetRequiredValue(_versions), parsed.GetValue(_targets) ?? [],
        Parameters(parsed.GetValue(_parameters) ?? []), _removal.Of(parsed));

    internal static Dictionary<string, string> Parameters(IEnumerable<string> typed)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var (name, value) in typed.Select(Parameter))
            if (!parameters.TryAdd(name, value)) throw Refusal.Misused($"The parameter {name} is said twice: write it once.");
        return parameters;
    }

    internal static (string Name, string Value) Parameter(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (text[..at], text[(at + 1)..])
            : throw Refusal.Misused($"“{text}” is no parameter: write name=value, such as batchSize=3.");
}

/// <summary>As the server takes it.</summary>
internal sealed record Plan(
    string Model, int? ModelVersion, string Environment, IReadOnlyList<string> Versions, IReadOnlyList<string> Targets, IReadOnlyDictionary<string, string> Parameters, Removal? Removal)
{
    /// <summary>What nothing comes for is a removal.</summary>
    public string Reason => Versions.All(version => version.EndsWith("@absent", StringComparison.Ordinal)) ? "Removal" : "NewVersion";
}
