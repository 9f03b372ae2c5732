using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps.Terraform;

/// <summary>Names that a run has filled in and that stand on a command line or in the environment.</summary>
internal static partial class TerraformNames
{
    /// <summary>Null when all of them can be used.</summary>
    public static StepOutcome.Failed? Refusal(RunTerraform settings)
    {
        if ((settings.Variables ?? new Dictionary<string, string>()).Keys.FirstOrDefault(name => !VariableName().IsMatch(name)) is { } wrong) return new StepOutcome.Failed($"“{wrong}” cannot name a variable of Terraform.");
        return WorkspaceName().IsMatch(settings.Workspace) ? null : new StepOutcome.Failed($"“{settings.Workspace}” cannot name a workspace of Terraform.");
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,89}\z")]
    private static partial Regex WorkspaceName();
}
