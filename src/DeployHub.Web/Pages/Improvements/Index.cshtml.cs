using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Improving;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Improvements;

/// <summary>What is open as a board with a column for each state, and what was evaluated last; or all in one state as a list.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    private const int MostOpen = 200;
    private const int MostEvaluated = 10;

    private static readonly ImprovementStatus[] Shown =
    [
        ImprovementStatus.Proposed, ImprovementStatus.Assessed, ImprovementStatus.Accepted, ImprovementStatus.InProgress, ImprovementStatus.Delivered,
        ImprovementStatus.Evaluated,
    ];

    public sealed record Column(ImprovementStatus Status, IReadOnlyList<ListImprovements.Row> Rows);

    /// <summary>Slug of the only model wanted.</summary>
    [FromQuery(Name = "model")]
    public string? Model { get; set; }

    /// <summary>The only state wanted; null for the board.</summary>
    [FromQuery]
    public ImprovementStatus? Status { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public Page<ListImprovements.Row> Open { get; private set; } = new([], null);

    public IReadOnlyList<Column> Columns { get; private set; } = [];

    public bool IsEmpty => After is null && Open.Rows.Count == 0 && Columns.All(column => column.Rows.Count == 0);

    public string Href(ImprovementStatus status) => $"/improvements?status={status}{(string.IsNullOrEmpty(Model) ? "" : $"&model={Uri.EscapeDataString(Model)}")}";

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Open = await sender.Send(new ListImprovements(Model, Status, After: After, Limit: Status is null ? MostOpen : null), cancellationToken);
        if (Status is not null) return;

        var evaluated = await sender.Send(new ListImprovements(Model, ImprovementStatus.Evaluated, Limit: MostEvaluated), cancellationToken);
        Columns = [.. Shown.Select(status => new Column(status, [.. Open.Rows.Concat(evaluated.Rows).Where(row => row.Status == status)]))];
    }
}
