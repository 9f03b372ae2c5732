using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>Says who carries a deployment out: the operator, and the people of the model's role slots.</summary>
[Authorize(Policy = nameof(Permission.PlanDeployments))]
public sealed class PeopleModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    /// <summary>E-mail addresses by role slot.</summary>
    [BindProperty]
    public Dictionary<string, List<string?>> People { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The version the form was read at.</summary>
    [BindProperty]
    public uint? Seen { get; set; }

    public ShowPeople.View View { get; private set; } = null!;

    /// <summary>Somebody else saved something while this form was open.</summary>
    public bool IsChangedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();

        People = View.Slots.ToDictionary(slot => slot.Slot, slot => slot.Assigned.Select(person => (string?)person.Email).ToList());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (!ModelState.IsValid) return Page();

        var assigned = await sender.Send(new AssignPeople(Number, People.ToDictionary(slot => slot.Key, EmailsOf), Reason, Seen), cancellationToken);
        if (assigned.Error == Conflicts.ChangedMeanwhile) (IsChangedMeanwhile, Seen) = (true, View.Version);
        if (assigned.Error is { } refusal) return this.ShowAgain(PlanErrors.ForForm(Shown(refusal)));

        this.Flash("The people are named.");
        return LocalRedirect($"/deployments/{Number}");
    }

    public SlotField FieldOf(ShowPeople.SlotRow slot) => new(slot, People.GetValueOrDefault(slot.Slot) ?? [], ProblemsOf(slot.Slot), nameof(People));

    private IReadOnlyList<string> ProblemsOf(string slot) =>
        ModelState.TryGetValue($"{nameof(People)}[{slot}]", out var entry) ? [.. entry.Errors.Select(error => error.ErrorMessage)] : [];

    /// <summary>A slot that another model had stands nowhere on the page: what is said of it leads nowhere.</summary>
    private Error Shown(Error refusal) =>
        refusal.Fields.Keys.All(field => !field.StartsWith($"{nameof(People)}.", StringComparison.Ordinal) || View.Slots.Any(slot => field == $"{nameof(People)}.{slot.Slot}"))
            ? refusal
            : refusal with { Fields = new Dictionary<string, string[]>() };

    private static IReadOnlyList<string> EmailsOf(KeyValuePair<string, List<string?>> slot) => [.. slot.Value.Where(email => !string.IsNullOrWhiteSpace(email)).Select(email => email!)];

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowPeople(Number), cancellationToken);
        if (shown.Error is not null) return false;

        View = shown.Value;
        return true;
    }
}
