using DeployHub.Domain.Access;
using DeployHub.Features.Partners;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Partners;

[Authorize(Policy = nameof(Permission.ManagePartners))]
public sealed class EditModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public OrganisationForm Input { get; set; } = new();

    /// <summary>What somebody else saved while this form was open; null when nobody did.</summary>
    public ShowOrganisation.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowOrganisation(Key), cancellationToken);
        if (found.Error is not null) return NotFound();

        Input = OrganisationForm.Of(found.Value);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid) return Page();

        var described = await sender.Send(Input.ToDescribe(Key), cancellationToken);
        if (described.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        return described.Match(
            () =>
            {
                this.Flash($"{Input.Name} is changed.");
                return Redirect($"/partners/{Key}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowOrganisation(Key), cancellationToken)).Value;
        ModelState.Remove("Input.Seen");
        Input.Seen = SavedMeanwhile.RowVersion;
    }
}
