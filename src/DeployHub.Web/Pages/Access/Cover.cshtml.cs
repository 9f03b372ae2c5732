using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Approving;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Access;

/// <summary>Who decides in one's place while one is away.</summary>
[Authorize(Policy = nameof(Permission.ApprovePlans))]
public sealed class CoverModel(ISender sender, TimeProvider clock) : PageModel
{
    public sealed class CoverInput
    {
        public string Deputy { get; set; } = "";

        public DateOnly From { get; set; }

        public DateOnly Until { get; set; }
    }

    [BindProperty]
    public CoverInput Input { get; set; } = new();

    public IReadOnlyList<ListCovers.Row> Covers { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (Input.From == default) (Input.From, Input.Until) = (today, today.AddDays(14));
        Covers = await sender.Send(new ListCovers(), cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var named = await sender.Send(new NameDeputy(Input.Deputy ?? "", Input.From, Input.Until), cancellationToken);
        if (named.Error is null)
        {
            this.Flash("Your deputy is named.");
            return Redirect("/account/cover");
        }

        await OnGetAsync(cancellationToken);
        return this.ShowAgain(named.Error, nameof(Input));
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear(); // the form of the other card was not sent
        var ended = await sender.Send(new EndCover(id), cancellationToken);
        await OnGetAsync(cancellationToken);
        if (ended.Error is { } refusal) return this.ShowAgain(refusal);

        this.Flash("The cover is ended.");
        return Redirect("/account/cover");
    }
}
