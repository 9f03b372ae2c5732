using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments;

/// <summary>The environment matrix, and two of its cells compared.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? Service { get; set; }

    [FromQuery]
    public string? After { get; set; }

    [FromQuery]
    public string? Left { get; set; }

    [FromQuery]
    public string? Right { get; set; }

    /// <summary>The cells that are ticked; two of them become <see cref="Left"/> and <see cref="Right"/>.</summary>
    [FromQuery(Name = "cell")]
    public string[] Cells { get; set; } = [];

    public ShowMatrix.View Matrix { get; private set; } = null!;

    public CompareCells.View? Comparison { get; private set; }

    /// <summary>What stands in the way of comparing, in a sentence.</summary>
    public string? Objection { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Cells is [var left, var right]) return Redirect($"{Request.Path}{Chosen(left, right)}");

        Matrix = await sender.Send(new ShowMatrix(Service.OrNull(), After), cancellationToken);
        if (Cells.Length > 0) Objection = "Tick exactly two cells to compare them.";
        else if (Left is not null && Right is not null) await CompareAsync(Left, Right, cancellationToken);
        return Page();
    }

    private async Task CompareAsync(string left, string right, CancellationToken cancellationToken)
    {
        var compared = await sender.Send(new CompareCells(left, right), cancellationToken);
        if (compared.Error is null) Comparison = compared.Value;
        else Objection = compared.Error.Message;
    }

    private QueryString Chosen(string left, string right)
    {
        var query = QueryString.Create([KeyValuePair.Create<string, string?>("left", left), KeyValuePair.Create<string, string?>("right", right)]);
        if (Service is not null) query = query.Add("service", Service);
        return After is null ? query : query.Add("after", After);
    }
}
