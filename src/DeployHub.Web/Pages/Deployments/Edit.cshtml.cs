using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Clashing;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Pipeline;
using DeployHub.Web.Pages.Shared;
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

    /// <summary>What else happens in the slot that is typed.</summary>
    public FindClashes.View Clashes { get; private set; } = FindClashes.View.Nothing;

    /// <summary>What somebody else saved while this form was open; null when nobody did.</summary>
    public ShowDeployment.View? SavedMeanwhile { get; private set; }

    public static IReadOnlyList<(string What, string Now)> InWords(ShowDeployment.View saved) =>
    [
        ("State", saved.Status.Word(saved.Outcome)),
        ("Versions", Words.List(saved.Plan.Versions.Select(version => version.InWords))),
        ("Removal", saved.Plan.Removal?.InWords ?? ""),
        ("Targets", Words.List(saved.Plan.Targets.Select(target => target.Name))),
        ("Model", saved.Plan.Model),
        ("Adapted", Words.List(saved.Plan.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}"))),
        ("Deviates", Words.List((saved.Plan.Deviations ?? []).Select(deviation => $"{deviation.Parameter}: {deviation.Reason}"))),
        ("Slot", saved.Slot is { } slot ? $"{slot.Start:yyyy-MM-dd HH:mm} to {slot.End:yyyy-MM-dd HH:mm} UTC" : "on demand"),
        ("Title", saved.Title),
        ("Description", saved.Description),
    ];

    /// <param name="slotStart">In UTC: a free slot that was offered, to be typed already.</param>
    /// <param name="slotEnd">In UTC.</param>
    public async Task<IActionResult> OnGetAsync(DateTime? slotStart, DateTime? slotEnd, CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowDeployment(Number), cancellationToken);
        if (shown.Error is not null) return NotFound();

        Input = PlanForm.Of(shown.Value, await CampaignAsync(cancellationToken));
        Input.People = (await sender.Send(new ShowPeople(Number), cancellationToken)).Value.Slots.ToDictionary(slot => slot.Slot, slot => slot.Assigned.Select(person => (string?)person.Email).ToList());
        if (slotStart is not null && slotEnd is not null) (Input.SlotStart, Input.SlotEnd) = (slotStart, slotEnd);
        await LoadAsync(cancellationToken);
        return Page();
    }

    /// <summary>Something was chosen: the other sections follow.</summary>
    public async Task<IActionResult> OnPostChooseAsync(CancellationToken cancellationToken)
    {
        Input.TakeOffered();
        await LoadAsync(cancellationToken);
        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (!ModelState.IsValid) return Page();

        var edited = await sender.Send(new EditDeployment(Number, Input.ToInput(), Input.Title ?? "", Input.Description, Input.Seen), cancellationToken);
        if (edited.Error == Conflicts.ChangedMeanwhile) await LookAgainAsync(cancellationToken);
        if (edited.Error is { } error) return this.ShowAgain(PlanErrors.ForForm(error), nameof(Input));

        this.Flash($"{Number} is changed.");
        return LocalRedirect($"/deployments/{Number}");
    }

    private async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        SavedMeanwhile = (await sender.Send(new ShowDeployment(Number), cancellationToken)).Value;
        Input.Seen = SavedMeanwhile.Version;
    }

    private async Task<ShowRelations.CampaignOf?> CampaignAsync(CancellationToken cancellationToken) =>
        await sender.Send(new ShowRelations(Number), cancellationToken) is { Error: null } shown ? shown.Value.Campaign : null;

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var input = Input.ToInput();
        Choices = await sender.Send(new ShowPlanningChoices(input, Number), cancellationToken);
        ViewData["Campaign"] = await CampaignAsync(cancellationToken);
        await sender.CheckSlotAsync(ViewData, Input, Choices, Number, cancellationToken);
        if (input is not { SlotStart: not null, SlotEnd: not null }) return;

        var clashes = await sender.Send(new FindClashes(Number, SlotStart: input.SlotStart, SlotEnd: input.SlotEnd), cancellationToken);
        if (clashes.Error is null) Clashes = clashes.Value;
    }
}
