using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Clashing;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>One page whose sections fill as you choose; a refusal keeps everything that was typed.</summary>
[Authorize(Policy = nameof(Permission.PlanDeployments))]
public sealed partial class NewModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public PlanForm Input { get; set; } = new();

    public ShowPlanningChoices.View Choices { get; private set; } = null!;

    /// <summary>What else happens in the slot that is typed.</summary>
    public FindClashes.View Clashes { get; private set; } = FindClashes.View.Nothing;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        await LoadAsync(cancellationToken);
        ModelState.Clear(); // nothing was submitted yet, so nothing is wrong yet
    }

    /// <summary>Something was chosen: the other sections follow.</summary>
    public async Task<IActionResult> OnPostChooseAsync(CancellationToken cancellationToken)
    {
        Input.TakeOffered();
        await LoadAsync(cancellationToken);
        ModelState.Clear();
        return Page();
    }

    public Task<IActionResult> OnPostSaveAsync(CancellationToken cancellationToken) => SaveAsync(andSubmit: false, cancellationToken);

    public Task<IActionResult> OnPostSubmitAsync(CancellationToken cancellationToken) => SaveAsync(andSubmit: true, cancellationToken);

    private async Task<IActionResult> SaveAsync(bool andSubmit, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (!ModelState.IsValid) return Page();

        var created = await sender.Send(new CreateDeployment(Input.ToInput(), Input.Title, Input.Description), cancellationToken);
        if (created.Error is { } error) return this.ShowAgain(PlanErrors.ForForm(error), nameof(Input));

        var submitted = andSubmit ? (await sender.Send(new SubmitDeployment(created.Value), cancellationToken)).Error : null;
        var warning = andSubmit && submitted is null ? await ForecastWarning.OfAsync(sender, created.Value, cancellationToken) : "";
        if (submitted is null) this.Flash($"{created.Value} is {(andSubmit ? "submitted" : "saved as a draft")}.{warning}");
        else this.FlashWarning($"{created.Value} is saved as a draft, but not submitted: {WhyNot(submitted)}");
        return LocalRedirect($"/deployments/{created.Value}");
    }

    /// <summary>The page that follows says what stands in the way of the slot, and what is free next: one list is enough.</summary>
    private static string WhyNot(Error error) =>
        error.Code is SlotVerdict.WindowClosed or SlotVerdict.FreezeActive ? "its slot is not free. What stands in its way, and what could be done, is said below." : error.Message;

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var input = Input.ToInput();
        Choices = await sender.Send(new ShowPlanningChoices(input), cancellationToken);
        await sender.CheckSlotAsync(ViewData, Input, Choices, null, cancellationToken);
        if (input is not { Environment.Length: > 0, SlotStart: not null, SlotEnd: not null }) return;

        var clashes = await sender.Send(new FindClashes(null, input.Environment, [.. input.Versions], [.. input.Targets], input.SlotStart, input.SlotEnd), cancellationToken);
        if (clashes.Error is null) Clashes = clashes.Value;
    }
}
