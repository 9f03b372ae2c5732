using DeployHub.Domain.Inventory;
using DeployHub.Web.Pages.Shared.TagHelpers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages;

/// <summary>Every component in every state, for looking at and for the accessibility tests. Exists in development only.</summary>
[AllowAnonymous]
public sealed class StyleguideModel(IWebHostEnvironment host, TimeProvider clock) : PageModel
{
    [BindProperty]
    public Example Input { get; set; } = new() { Name = "Shop", Environments = ["staging"], NotBefore = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero) };

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public IEnumerable<SelectListItem> Environments { get; } =
        [new("Test", "test"), new("Staging", "staging"), new("Production", "production"), new("Production (frozen)", "frozen") { Disabled = true }];

    public IReadOnlyList<IReadOnlyList<StripStage>> Strips { get; } =
    [
        Strip((MarkState.Passed, "Passed", "2 artefacts · 3 s"), (MarkState.Passed, "Passed", "6 targets · 12 s"), (MarkState.Running, "Running", "2 of 6 targets"), (MarkState.Waiting, "Not started", null)),
        Strip((MarkState.Passed, "Passed", "2 artefacts · 3 s"), (MarkState.Passed, "Passed with waiver", "5 of 6 targets"), (MarkState.Halted, "Halted", "web-03: health check answered 503"), (MarkState.Waiting, "Not started", null)),
        Strip((MarkState.Passed, "Passed", "2 artefacts · 3 s"), (MarkState.Passed, "Passed", "6 targets · 12 s"), (MarkState.RolledBack, "Rolled back", "2 targets at 1.0.0"), (MarkState.Cancelled, "Not reached", null)),
        Strip((MarkState.Passed, "Passed", "2 artefacts · 3 s"), (MarkState.Passed, "Passed", "6 targets · 12 s"), (MarkState.Passed, "Passed", "6 of 6 targets · 4 min 2 s"), (MarkState.Passed, "Passed", "6 read back · 9 s")),
    ];

    public IReadOnlyList<StairPhase> Phases { get; } =
    [
        new("Canary", MarkState.Passed, 0.05, 0.05, Next: "soaked 15 min"),
        new("Batch 2", MarkState.Passed, 0.33, 0.33),
        new("Batch 3", MarkState.Running, 0.66, 0.5, Next: "then soaks 5 min"),
        new("Rest", MarkState.Waiting, 1, Word: "Not started"),
    ];

    public IReadOnlyList<GanttRow> Steps =>
    [
        new("web-01", [Bar("Install", 0, 70, MarkState.Passed), Bar("Wait until it is healthy", 70, 95, MarkState.Passed)]),
        new("web-02", [Bar("Install", 5, 60, MarkState.Halted), Bar("Install, attempt 2", 65, 120, MarkState.Running)]),
    ];

    public IReadOnlyList<BarPart> Parts { get; } =
        [new(MarkState.Waiting, 14, "in review", "?state=InReview"), new(MarkState.Running, 3, "in progress", "?"), new(MarkState.Halted, 1, "halted", "?"), new(MarkState.Passed, 1204, "completed", "?"), new(MarkState.RolledBack, 17, "rolled back", "?"), new(MarkState.Cancelled, 40, "cancelled", "?")];

    public IReadOnlyList<GridTarget> Rack { get; } =
    [
        new("web-01", MarkState.Passed, "Verified", "Batch 1", "#log", "1.1.0"), new("web-02", MarkState.Passed, "Verified", "Batch 1", "#log", "1.1.0"),
        new("web-03", MarkState.Halted, "Failed", "Batch 2", "#log", "GET /health answered 503"), new("web-04", MarkState.Running, "In progress", "Batch 2", "#log"),
        new("web-05", MarkState.Waiting, "Pending", "Batch 3", "#log"), new("web-06-with-a-long-name.example", MarkState.Cancelled, "Deferred", "Batch 3", "#log"),
    ];

    public IReadOnlyList<GridTarget> Fleet { get; } =
        [.. Enumerable.Range(1, 200).Select(n => new GridTarget($"host-{n:000}", n is 37 or 90 ? MarkState.Halted : n < 120 ? MarkState.Passed : n < 130 ? MarkState.Running : MarkState.Waiting, n is 37 or 90 ? "Unreachable" : n < 120 ? "Verified" : n < 130 ? "In progress" : "Pending", n <= 100 ? "Frankfurt" : "Dublin"))];

    private static readonly string[] StageNames = ["Verify components", "Verify environment", "Execute", "Verify deployment"];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!host.IsDevelopment()) context.Result = NotFound();
    }

    public IActionResult OnPost() =>
        !ModelState.IsValid ? Page()
        : Input.Count > 0 ? Saved()
        : this.ShowAgain(Domain.Error.Invalid("model.batch-size", nameof(Example.Count), "A batch holds at least one target.") with { WhoCould = "a deployment manager, by publishing a new model version" }, nameof(Input));

    private RedirectToPageResult Saved()
    {
        this.Flash($"{Input.Name} is saved.");
        return RedirectToPage();
    }

    private static StripStage[] Strip(params (MarkState State, string Word, string? Detail)[] stages) =>
        [.. StageNames.Zip(stages, (name, stage) => new StripStage(name, stage.State, stage.Word, stage.Detail, "#stages"))];

    public sealed class Example
    {
        public string Name { get; set; } = "";

        public string? Purpose { get; set; }

        public Tier Tier { get; set; }

        public string Environment { get; set; } = "";

        public IReadOnlyList<string> Environments { get; set; } = [];

        public int Count { get; set; }

        public DateTimeOffset NotBefore { get; set; }

        public bool StopOnFirstFailure { get; set; } = true;

        public IFormFile? Evidence { get; set; }
    }

    private GanttBar Bar(string name, int from, int to, MarkState state) => new(name, Now.AddSeconds(from), Now.AddSeconds(to), state);
}
