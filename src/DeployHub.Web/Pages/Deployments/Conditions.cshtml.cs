using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Conditions;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What others asked for with their yes, and that it is met.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class ConditionsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Number { get; set; } = "";

    [BindProperty]
    public ConditionInput Input { get; set; } = new();

    public ConditionPart Part { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostMeetAsync(CancellationToken cancellationToken)
    {
        var met = await sender.Send(new MeetCondition(Number, Input.Condition ?? "", Input.Note ?? ""), cancellationToken);
        if (met.Error is { } error) return await LoadAsync(cancellationToken) ? this.ShowAgain(error, nameof(Input)) : NotFound();

        this.Flash("The condition is recorded as met.");
        return LocalRedirect($"/deployments/{Number}/conditions");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ListConditions(Number), cancellationToken);
        if (shown.Error is not null) return false;

        Part = new ConditionPart(shown.Value, Input);
        return true;
    }
}
