using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Runs;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Runs;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DryVerificationModel(ISender sender, Caller caller) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int N { get; set; }

    public string Address => $"/deployments/{Number}/verifications/{N}";

    public bool MayVerify => caller.May(Permission.VerifyNow);

    public ShowDryVerification.View View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowDryVerification($"{Number}/V{N}"), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        View = found.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostAgainAsync(CancellationToken cancellationToken)
    {
        var asked = await sender.Send(new VerifyNow(Number), cancellationToken);
        if (asked.Error is null) return LocalRedirect($"/deployments/{asked.Value.Replace("/V", "/verifications/", StringComparison.Ordinal)}");

        return await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(asked.Error) : NotFound();
    }
}
