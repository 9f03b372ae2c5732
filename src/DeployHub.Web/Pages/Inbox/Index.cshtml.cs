using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inbox;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Inbox;

/// <summary>Everything that waits for the viewer, by due time; plans are decided about right here.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    /// <summary>Number of the deployment that is decided about.</summary>
    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? PlanDigest { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ListInbox.View Inbox { get; private set; } = null!;

    /// <summary>Why the decision about <see cref="Number"/> did not count; null where nothing stood in its way.</summary>
    public Error? Refused { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => Inbox = await sender.Send(new ListInbox(), cancellationToken);

    public Task<IActionResult> OnPostApproveAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new ApproveDeployment(Number ?? "", PlanDigest ?? "", Reason), $"You approved {Number}.", cancellationToken);

    public Task<IActionResult> OnPostRejectAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new RejectDeployment(Number ?? "", PlanDigest ?? "", Reason ?? ""), $"You rejected {Number}; it is a draft again.", cancellationToken);

    private async Task<IActionResult> AnswerAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        Refused = (await sender.Send(command, cancellationToken)).Error;
        if (Refused is null)
        {
            this.Flash(done);
            return LocalRedirect("/inbox");
        }

        await OnGetAsync(cancellationToken);
        return this.ShowAgain(Refused with { Fields = new Dictionary<string, string[]>() }); // there is a field of that name in every item: the item says it
    }
}
