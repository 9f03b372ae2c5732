using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared.TagHelpers;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [FromQuery]
    public string? After { get; set; }

    /// <summary>True to see targets that are out of service, too.</summary>
    [FromQuery]
    public bool Retired { get; set; }

    public ShowEnvironment.View Environment { get; private set; } = null!;

    public Page<ShowTarget.View> Targets { get; private set; } = new([], null);

    /// <summary>Those that bind in its tier.</summary>
    public IReadOnlyList<ListTrustPolicies.Row> Policies { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowEnvironment(Key), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Environment = found.Value;
        Targets = (await sender.Send(new ListTargets(Key, Retired, After, 200), cancellationToken)).Value;
        Policies = (await sender.Send(new ListTrustPolicies(Limit: 200, Tier: Environment.Tier), cancellationToken)).Rows;
        return Page();
    }

    /// <summary>A table is enough for a rack; a fleet needs the picture.</summary>
    public bool IsFleet => Targets.Rows.Count > 12;

    public IEnumerable<GridTarget> Grid => Targets.Rows.OrderBy(SiteOf).Select(target => new GridTarget(
        target.Name, Mark(target), Word(target), SiteOf(target), $"/environments/{Key}/targets/{target.Name}", string.Join(", ", target.Observed.Select(Text))));

    /// <summary>How a connection is told in a list.</summary>
    public static string Reached(Connection connection) => connection switch
    {
        LocalConnection local => $"local, {local.Directory}",
        SshConnection ssh => $"{ssh.User}@{ssh.Host}:{ssh.Port}{(ssh.Jump is { } jump ? $" through {jump.Host}" : "")}, {ssh.Directory}",
        _ => "by people",
    };

    public static string Text(ShowTarget.Observation observed) => $"{observed.Component} {observed.Label ?? "absent"}";

    private static string? SiteOf(ShowTarget.View target) => target.Labels.GetValueOrDefault("site") ?? target.Labels.GetValueOrDefault("zone");

    private static MarkState Mark(ShowTarget.View target) =>
        target.RetiredAt is not null ? MarkState.Cancelled : target.Observed.Count == 0 ? MarkState.Waiting : MarkState.Passed;

    private static string Word(ShowTarget.View target) => target switch
    {
        { RetiredAt: not null } => "Retired",
        { Observed: [] } => "Nothing seen",
        { Observed: [var only] } => $"At {only.Label ?? "none"}",
        _ => "Seen",
    };
}
