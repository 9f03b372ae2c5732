using DeployHub.Features.Deployments.Staffing;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>A role slot to be filled in a form: as many choices as it takes people.</summary>
/// <param name="Chosen">E-mail addresses, as they were chosen.</param>
/// <param name="Name">What the form calls the slots, such as <c>Input.People</c>.</param>
public sealed record SlotField(ShowPeople.SlotRow Slot, IReadOnlyList<string?> Chosen, IReadOnlyList<string> Problems, string Name)
{
    public string Field => $"{Name}[{Slot.Slot}]";

    /// <summary>Where a refusal leads.</summary>
    public string IdOf(int place) => $"{TagBuilder.CreateSanitizedId(Field, "_")}{(place == 0 ? "" : $"-{place + 1}")}";

    public string? ChosenAt(int place) => Chosen.Where(email => !string.IsNullOrWhiteSpace(email)).ElementAtOrDefault(place);

    /// <summary>Somebody who was named and may not be any more stays in sight.</summary>
    public bool IsOffered(string email) => Slot.Could.Any(candidate => candidate.Email == email);
}
