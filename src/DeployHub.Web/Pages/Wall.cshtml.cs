using DeployHub.Domain.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.ValueStream.Incidents;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>For a screen on the wall: nothing to do, everything to see from afar.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class WallModel(ISender sender) : PageModel
{
    public ShowWall.View Wall { get; private set; } = null!;

    public ShowLastIncident.View Incidents { get; private set; } = null!;

    /// <summary>Nothing runs, is halted, or is down.</summary>
    public bool IsQuiet => Wall.IsQuiet && Incidents.Open == 0;

    public ShowMatrix.View Matrix { get; private set; } = null!;

    public IEnumerable<(string Title, string State, IReadOnlyList<ShowWall.Row> Rows)> Lists =>
        new[] { ("Halted", "halted", Wall.Halted), ("Running", "running", Wall.Running), ("Next", "waiting", Wall.Next) }.Where(list => list.Item3.Count > 0);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Wall = await sender.Send(new ShowWall(), cancellationToken);
        Incidents = await sender.Send(new ShowLastIncident(), cancellationToken);
        Matrix = await sender.Send(new ShowMatrix(), cancellationToken);
    }
}
