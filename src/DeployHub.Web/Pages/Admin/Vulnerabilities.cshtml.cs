using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Vulnerabilities;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Admin;

/// <summary>Readable for everybody who sees deployments: whoever asks why a check could not tell needs to know how old the list is.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
[RequestSizeLimit(ImportVulnerabilities.MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = ImportVulnerabilities.MostBytes)]
public sealed class VulnerabilitiesModel(ISender sender, Caller caller) : PageModel
{
    public sealed class ImportInput
    {
        public IFormFile? Content { get; set; }

        public string? WholeListsOf { get; set; }

        public DateTime? AsOf { get; set; }
    }

    [BindProperty]
    public ImportInput Input { get; set; } = new();

    public IReadOnlyList<ListVulnerabilityLists.Row> Lists { get; private set; } = [];

    public bool MayImport => caller.May(Permission.ManageSettings);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Lists = await sender.Send(new ListVulnerabilityLists(), cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var ecosystems = (Input.WholeListsOf ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        DateTimeOffset? asOf = Input.AsOf is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null;
        await using var content = Input.Content?.OpenReadStream() ?? Stream.Null;
        var imported = await sender.Send(new ImportVulnerabilities(content, ecosystems, asOf), cancellationToken);
        if (imported.Error is { } error)
        {
            await OnGetAsync(cancellationToken);
            return this.ShowAgain(error, nameof(Input));
        }

        this.Flash($"{Words.Count(imported.Value.Read, "record")} read, {imported.Value.Stored} of them new or newer.");
        return RedirectToPage();
    }
}
