using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;
using DeployHub.Worker.Steps.Terraform;

namespace DeployHub.Worker.Checks;

internal sealed class CheckTerraformVerifier(DefinitionCheck check) : StepExecutor<CheckTerraform>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckTerraform settings, StepContext context, CancellationToken cancellationToken) =>
        TerraformNames.Refusal(settings.Plan) is { } wrong
            ? wrong
            : await check.RunAsync(settings.From, settings.Folder, "terraform", context, (fetched, root, scratch) =>
                CompareAsync(settings, fetched, new TerraformFolder(settings.Plan, context, root, Path.Combine(scratch, "plan"), showsPlan: false), context, cancellationToken), cancellationToken);

    private static async Task<StepOutcome> CompareAsync(CheckTerraform settings, FetchedDefinition fetched, TerraformFolder terraform, StepContext context, CancellationToken cancellationToken)
    {
        if (await terraform.PrepareAsync(makesWorkspace: false, cancellationToken) is { } refusal) return DefinitionCheck.Unclear(refusal);

        var (plan, changes, cannot) = await terraform.PlanAsync(cancellationToken);
        if (plan is null) return DefinitionCheck.Unclear(cannot!);
        if (changes && plan is { Differences.Count: 0, OutputsChange: false }) return new StepOutcome.Inconclusive($"Terraform would change something for {context.Subject} and does not say what.");

        var place = $"{(settings.Folder is { } folder ? $"/{folder.Trim('/')}" : "")}{(settings.Workspace == "default" ? "" : $" in workspace {settings.Workspace}")}";
        var written = context.Written as CheckTerraform ?? settings;
        var definition = new EnvironmentDefinition(FactKind.Resource, $"{fetched.Name}{place}{written.Scope}", fetched.Revision);
        IReadOnlyList<Evidence> evidence =
        [
            new("Plan", plan.Differences.Count == 0 ? $"no changes, {plan.AsDefined} as defined" : $"{plan.Summary}, {plan.AsDefined} as defined"),
            .. plan.OutputsChange ? new[] { new Evidence("Outputs", "would change") } : [],
        ];
        return DefinitionCheck.Observed(definition, [.. plan.Differences.Select(difference => (difference.Address, difference.Observed))], settings.Prerequisite, evidence, context);
    }
}
