using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Runs a command line on a target reached by SSH, in the target's directory. Exit code 0 is success.</summary>
/// <param name="Command">Given to a POSIX shell of the target.</param>
/// <param name="Environment">Exported before the command; values are quoted.</param>
/// <param name="Become">Whom the command becomes by sudo: an account, or <c>true</c> for root.</param>
/// <param name="BecomePassword">What sudo asks for, as <c>${secret:name}</c>; left out where sudo must not ask.</param>
/// <param name="Detached">
/// The command goes on by itself on the target and is looked after from time to time, so that a broken connection or a lost worker does
/// not end it. Unless told: when the step may take more than a minute.
/// </param>
/// <param name="Outputs">Names of values that it writes for the steps after it, as lines <c>name=value</c> into the file <c>$DEPLOYHUB_OUTPUT</c>.</param>
public sealed record RunSsh(
    string Command, IReadOnlyDictionary<string, string>? Environment = null, string? Become = null, string? BecomePassword = null, bool? Detached = null, IReadOnlyList<string>? Outputs = null) : StepSettings
{
    private static readonly TimeSpan LongAfter = TimeSpan.FromMinutes(1);

    [JsonIgnore]
    public override AfterLoss AfterLoss => AfterLoss.AskPerson;

    [JsonIgnore]
    public override IEnumerable<string> OutputNames => Outputs ?? [];

    /// <summary>The account that the command runs as when it is not the one that signs in.</summary>
    [JsonIgnore]
    public string? BecomesUser => Become switch
    {
        null or "" or "false" => null,
        "true" => "root",
        var user => user,
    };

    public bool GoesOnAlone(TimeSpan? timeout) => Detached ?? timeout > LongAfter;
}
