using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Audit;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Audit;

/// <summary>Controls that DeployHub checks by itself, and where they did not hold.</summary>
[Authorize(Policy = nameof(Permission.ViewControls))]
public sealed class ControlsModel(ISender sender) : PageModel
{
    private static readonly Error NoDay = new(ErrorKind.Invalid, Error.InvalidInput, "Write each day as in 2026-11-30.");

    /// <summary>The only control wanted, such as CC-5.</summary>
    [FromQuery]
    public string? Check { get; set; }

    [FromQuery]
    public DateOnly? From { get; set; }

    [FromQuery]
    public DateOnly? Until { get; set; }

    [FromQuery]
    public bool Open { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public IReadOnlyList<CountControlExceptions.Row> Counts { get; private set; } = [];

    public Page<ListControlExceptions.Row> List { get; private set; } = new([], null);

    public bool IsFiltered => Check is { Length: > 0 } || From is not null || Until is not null || Open;

    /// <summary>The same page with this control alone; days that are chosen stay.</summary>
    public string AddressOf(string check) => $"/audit/controls?check={check}{(From is null ? "" : $"&from={Day(From)}")}{(Until is null ? "" : $"&until={Day(Until)}")}";

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var listed = await sender.Send(new ListControlExceptions(Check, From, Until, Open, After), cancellationToken);
        Counts = (await sender.Send(new CountControlExceptions(From, Until), cancellationToken)).Value; // whoever reads this page may; after the list, so that it says no less
        if (!ModelState.IsValid) return this.ShowAgain(NoDay);
        if (listed.Error is { } refusal) return this.ShowAgain(refusal);

        List = listed.Value;
        return Page();
    }
}
