using DeployHub.Features.Deployments.Conditions;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What others asked for with their yes.</summary>
public sealed partial class DetailsModel
{
    public ConditionPart Conditions { get; private set; } = null!;

    private async Task LoadConditionsAsync(CancellationToken cancellationToken) =>
        Conditions = new ConditionPart((await sender.Send(new ListConditions(Number), cancellationToken)).Value, new ConditionInput());
}
