using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Notices;

/// <summary>What somebody was told.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    /// <summary>True for what they have not opened.</summary>
    [FromQuery]
    public bool Unread { get; set; }

    [FromQuery]
    public NoticeClass? Class { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public Page<ListNotices.Row> List { get; private set; } = new([], null);

    /// <summary>What comes after it was not seen, so it stays new.</summary>
    public long Newest => List.Rows.Count > 0 ? List.Rows[0].Number : 0;

    public string Query => Class is { } only ? $"?class={only}" : "";

    public async Task OnGetAsync(CancellationToken cancellationToken) => List = await sender.Send(new ListNotices(Unread, Class, After), cancellationToken);

    public async Task<IActionResult> OnPostAsync(long? upTo, CancellationToken cancellationToken)
    {
        var read = await sender.Send(new ReadAllNotices(Class, upTo), cancellationToken);
        if (read.Error is { } refusal)
        {
            await OnGetAsync(cancellationToken);
            return this.ShowAgain(refusal);
        }

        this.Flash("None of them is new any more.");
        return Redirect($"/notices{Query}");
    }
}
