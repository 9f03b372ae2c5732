using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Exceptions;

/// <summary>One exception from a freeze, and the decision about it: all in one screen, on a phone too.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Number { get; set; } = "";

    /// <summary>UTC.</summary>
    [BindProperty]
    public DateTime? Until { get; set; }

    [BindProperty]
    public string? Condition { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>UTC.</summary>
    [BindProperty]
    public DateTime? ConditionDue { get; set; }

    [BindProperty]
    public bool ConditionBeforeStart { get; set; }

    [BindProperty]
    public uint? Seen { get; set; }

    public ShowFreezeException.View View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();

        Until = View.Exception.Until.UtcDateTime;
        return Page();
    }

    public Task<IActionResult> OnPostGrantAsync(CancellationToken cancellationToken) => AnswerAsync(
        new GrantFreezeException(Number, Utc(Until), Condition.OrNull(), Reason.OrNull(), Seen, Utc(ConditionDue), ConditionBeforeStart), $"{Number} is granted.", cancellationToken);

    public Task<IActionResult> OnPostRefuseAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new RefuseFreezeException(Number, Reason ?? "", Seen), $"{Number} is refused.", cancellationToken);

    private static DateTimeOffset? Utc(DateTime? typed) => typed is { } given ? new DateTimeOffset(DateTime.SpecifyKind(given, DateTimeKind.Utc)) : null;

    private async Task<IActionResult> AnswerAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return await LoadAsync(cancellationToken) ? Page() : NotFound();

        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } error) return await LoadAsync(cancellationToken) ? this.ShowAgain(error) : NotFound();

        this.Flash(done);
        return LocalRedirect($"/calendar/exceptions/{Number}");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowFreezeException(Number), cancellationToken);
        if (shown.Error is null) View = shown.Value;
        return shown.Error is null;
    }
}
