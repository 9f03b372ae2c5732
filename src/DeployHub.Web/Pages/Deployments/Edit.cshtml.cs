using DeployHub.Domain.Access;
using DeployHub.Features.Deployments;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>Changes a plan before a run starts; it says beforehand when approvals would be void.</summary>
[Authorize(Policy = nameof(Permission.PlanDeployments))]
public sealed class EditModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public PlanForm Input { get; set; } = new();

    public ShowPlanningChoices.View Choices { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowDeployment(Number), cancellationToken);
        if (shown.Error is not null) return NotFound();

        Input = PlanForm.Of(shown.Value);
        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var edited = await sender.Send(new EditDeployment(Number, Input.ToInput(), Input.Title ?? "", Input.Description), cancellationToken);
        if (edited.Error is { } error) return this.ShowAgain(PlanErrors.ForForm(error), nameof(Input));

        this.Flash($"{Number} is changed.");
        return LocalRedirect($"/deployments/{Number}");
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => Choices = await sender.Send(new ShowPlanningChoices(Input.ToInput()), cancellationToken);
}
