using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Runs a command line on a target reached by SSH, in the target's directory. Exit code 0 is success.</summary>
/// <param name="Command">Given to the login shell of the target.</param>
/// <param name="Environment">Exported before the command; values are quoted.</param>
public sealed record RunSsh(string Command, IReadOnlyDictionary<string, string>? Environment = null) : StepSettings
{
    [JsonIgnore]
    public override AfterLoss AfterLoss => AfterLoss.AskPerson;
}
