using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>What waits for you, what moves, what comes next.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender, Caller caller) : PageModel
{
    public ShowMyWork.View Work { get; private set; } = new([], [], [], [], []);

    public IReadOnlyList<ListMyDrift.Asked> Drift { get; private set; } = [];

    public IReadOnlyList<ShowFirstSteps.Step> FirstSteps { get; private set; } = [];

    public bool NeedsYou => Work.NeedsYou.Count > 0 || Work.OverdueImprovements > 0 || Work.OverdueReviews > 0 || Work.ToAcknowledge is { Count: > 0 };

    public bool MayPlan => caller.May(Permission.PlanDeployments);

    public IEnumerable<(string Title, IReadOnlyList<ShowMyWork.Item> Items)> Sections =>
        new[] { ("In motion", Work.InMotion), ("Waiting for others", Work.Waiting), ("Next", Work.Next), ("Lately", Work.Lately) }.Where(section => section.Item2.Count > 0);

    public bool IsBlank => FirstSteps.Count == 0 && !NeedsYou && Drift.Count == 0 && !Sections.Any();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Work = await sender.Send(new ShowMyWork(), cancellationToken);
        Drift = await sender.Send(new ListMyDrift(), cancellationToken);
        FirstSteps = await sender.Send(new ShowFirstSteps(), cancellationToken);
    }
}
