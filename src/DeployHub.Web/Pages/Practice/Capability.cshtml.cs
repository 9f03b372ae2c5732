using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Insights;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Practice;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class CapabilityModel(ISender sender, Caller caller) : PageModel
{
    public sealed class ConfirmationForm
    {
        public int Level { get; set; }

        public string? Note { get; set; }
    }

    [BindProperty]
    public ConfirmationForm Input { get; set; } = new();

    public ShowCapability.View View { get; private set; } = null!;

    public bool MayConfirm => caller.May(Permission.ConfirmCapability);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        View = await sender.Send(new ShowCapability(), cancellationToken);
        Input.Level = View.Level;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        View = await sender.Send(new ShowCapability(), cancellationToken);
        if (!ModelState.IsValid) return Page();

        var confirmed = await sender.Send(new ConfirmCapability(Input.Level, Input.Note), cancellationToken);
        if (confirmed.Error is { } refusal) return this.ShowAgain(refusal, nameof(Input));

        this.Flash($"Level {Input.Level} is confirmed.");
        return LocalRedirect("/practice/capability");
    }
}
