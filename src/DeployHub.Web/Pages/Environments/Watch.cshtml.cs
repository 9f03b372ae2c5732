using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments;

[Authorize(Policy = nameof(Permission.SetEnvironmentPolicy))]
public sealed class WatchModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public Form Input { get; set; } = new();

    public string EnvironmentName { get; private set; } = "";

    public ShowDriftWatch.View? SavedMeanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowDriftWatch(Key), cancellationToken);
        if (found.Error is { } missing) return this.ShowAgain(missing);

        EnvironmentName = found.Value.Name;
        Input = new Form { Facts = WatchLines.Format(found.Value.Facts), Every = found.Value.Every, Seen = found.Value.RowVersion };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowDriftWatch(Key), cancellationToken);
        if (found.Error is { } missing) return this.ShowAgain(missing);

        EnvironmentName = found.Value.Name;
        if (WatchLines.Parse(Input.Facts, out var problem) is not { } facts) return this.ShowAgain(Error.Invalid("drift-watch.line", nameof(Input.Facts), problem!), nameof(Input));

        var result = await sender.Send(new SetDriftWatch(Key, facts, Input.Every.OrNull(), Input.Seen), cancellationToken);
        if (result.Error == Conflicts.ChangedMeanwhile) LookAgain(found.Value);
        return result.Match(
            () =>
            {
                this.Flash(facts.Count == 0 ? "Nothing is watched any more." : $"{Words.Count(facts.Count, "fact")} watched on every target.");
                return Redirect($"/environments/{Key}/drift");
            },
            error => this.ShowAgain(ByLine(error), nameof(Input)));
    }

    private void LookAgain(ShowDriftWatch.View now)
    {
        SavedMeanwhile = now;
        ModelState.Remove("Input.Seen");
        Input.Seen = now.RowVersion;
    }

    /// <summary>What is wrong with a fact stands beside the text that holds its line.</summary>
    private static Error ByLine(Error error) => error with
    {
        Fields = error.Fields.GroupBy(field => field.Key.StartsWith(nameof(Form.Facts), StringComparison.Ordinal) ? nameof(Form.Facts) : field.Key)
            .ToDictionary(same => same.Key, same => same.SelectMany(field => field.Value.Select(sentence => LineOf(field.Key) is { } line ? $"Line {line}: {sentence}" : sentence)).ToArray()),
    };

    private static int? LineOf(string field) =>
        field.StartsWith("Facts[", StringComparison.Ordinal) && int.TryParse(field["Facts[".Length..field.IndexOf(']', StringComparison.Ordinal)], out var index) ? index + 1 : null;

    public sealed class Form
    {
        /// <summary>One fact a line; see <see cref="WatchLines"/>.</summary>
        public string? Facts { get; set; }

        public string? Every { get; set; }

        public uint? Seen { get; set; }
    }
}
