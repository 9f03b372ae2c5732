using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Runs a program on the worker's machine, without a shell in between. Exit code 0 is success.</summary>
/// <param name="Command">The program and its arguments, each passed as it stands.</param>
/// <param name="Environment">Variables added to the worker's own few.</param>
/// <param name="WorkingDirectory">Default: the directory of a local target, else a fresh empty one.</param>
/// <param name="Outputs">Names of values that it writes for the steps after it, as lines <c>name=value</c> into the file <c>$DEPLOYHUB_OUTPUT</c>.</param>
public sealed record RunScript(
    IReadOnlyList<string> Command, IReadOnlyDictionary<string, string>? Environment = null, string? WorkingDirectory = null, IReadOnlyList<string>? Outputs = null) : StepSettings
{
    [JsonIgnore]
    public override AfterLoss AfterLoss => AfterLoss.AskPerson;

    [JsonIgnore]
    public override IEnumerable<string> OutputNames => Outputs ?? [];
}
