using DeployHub.Domain.Access;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Runs;
using DeployHub.Web.Pages.Shared.TagHelpers;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace DeployHub.Web.Pages.Runs;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class VerificationModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int N { get; set; }

    /// <summary>Only findings with this one.</summary>
    [BindProperty(SupportsGet = true)]
    public Verdict? Verdict { get; set; }

    /// <summary>Of what was there before Execute and afterwards, only what differs.</summary>
    [BindProperty(SupportsGet = true)]
    public bool OnlyChanges { get; set; }

    public string Address => $"/deployments/{Number}/runs/{N}/verification";

    public ShowVerification.View View { get; private set; } = null!;

    public ShowChanges.View Changes { get; private set; } = null!;

    /// <summary>The same page with another choice of findings and changes.</summary>
    public string With(Verdict? verdict, bool onlyChanges) =>
        QueryHelpers.AddQueryString(Address, new Dictionary<string, string?> { ["verdict"] = verdict?.ToString(), ["onlyChanges"] = onlyChanges ? "true" : null });

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowVerification($"{Number}/R{N}", Verdict), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        View = found.Value;
        Changes = (await sender.Send(new ShowChanges($"{Number}/R{N}", OnlyChanges), cancellationToken)).Value;
        return Page();
    }

    internal static MarkState Mark(Verdict verdict) => verdict switch
    {
        Domain.Runs.Verifying.Verdict.Pass => MarkState.Passed,
        Domain.Runs.Verifying.Verdict.Fail or Domain.Runs.Verifying.Verdict.Inconclusive => MarkState.Halted,
        Domain.Runs.Verifying.Verdict.Waived => MarkState.RolledBack,
        Domain.Runs.Verifying.Verdict.NotApplicable => MarkState.Cancelled,
        _ => MarkState.Waiting,
    };
}
