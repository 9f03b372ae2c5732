namespace DeployHub.BrowserTests;

/// <summary>Something to look at: a page in one state.</summary>
/// <param name="Route">As the page declares it.</param>
/// <param name="Address">Of the demo's estate; see <see cref="Estate.AddressOf"/>.</param>
/// <param name="Person">Who looks; null for a visitor.</param>
public sealed record Place(string Route, string Address, string? Person = "mia", int Status = 200)
{
    /// <summary>Pages that only answer forms.</summary>
    public static readonly IReadOnlyList<string> Formless = ["sign-out", "Theme"];

    public static readonly IReadOnlyList<Place> All =
    [
        new("", "/"),
        new("", "/", "ana"),
        new("", "/", "adam"),
        new("sign-in", "/sign-in", null),
        new("welcome", "/welcome?token=unknown", null),
        new("welcome", "/welcome?token=unknown&first=true", null),
        new("account", "/account", "ana"),
        new("Find", "/find?q=greeter"),
        new("error/{code:int}", "/nowhere", Status: 404),
        new("error/{code:int}", "/admin/people", Status: 403),
        new("error/{code:int}", "/", "nora", Status: 403),
        new("Styleguide", "/styleguide"),
        new("api", "/api"),

        new("deployments", "/deployments"),
        new("deployments", "/deployments?environment=nowhere"),
        new("deployments/new", "/deployments/new"),
        new("deployments/new", Moves.Planning("production", "1.1.0")),
        new("deployments/{number}", "/deployments/{draft}"),
        new("deployments/{number}", "/deployments/{review}", "ana"),
        new("deployments/{number}", "/deployments/{done}", "paul"),
        new("deployments/{number}", "/deployments/{halted}", "paul"),
        new("deployments/{number}/edit", "/deployments/{draft}/edit"),
        new("deployments/{number}/runs/{n:int}", "/deployments/{done}/runs/1", "paul"),
        new("deployments/{number}/runs/{n:int}", "/deployments/{halted}/runs/1", "paul"),
        new("deployments/{number}/runs/{n:int}", "/deployments/{halted}/runs/1?subject=dev-1", "dora"),
        new("deployments/{number}/runs/{n:int}", "/deployments/{byhand}/runs/1", "paul"),
        new("deployments/{number}/runs/{n:int}/verification", "/deployments/{done}/runs/1/verification", "paul"),
        new("deployments/{number}/runs/{n:int}/verification", "/deployments/{halted}/runs/1/verification?verdict=Fail", "paul"),
        new("deployments/{number}/verifications/{n:int}", "/deployments/{done}/verifications/1", "paul"),
        new("deployments/{number}/runs/{n:int}/tasks", "/deployments/{byhand}/runs/1/tasks", "paul"),
        new("deployments/{number}/runs/{n:int}/acknowledgement", "/deployments/{asking}/runs/1/acknowledgement?stage=Execute&subject=reader&step=1", "ana"),
        new("by-link", "/by-link?token=unknown", null),
        new("records", "/records"),
        new("records/{number}", "/records/{done}"),

        new("environments", "/environments"),
        new("environments/new", "/environments/new", "dora"),
        new("environments/{key}", "/environments/production"),
        new("environments/{key}/edit", "/environments/production/edit", "dora"),
        new("environments/{key}/policy", "/environments/production/policy", "dora"),
        new("environments/{key}/drift", "/environments/production/drift"),
        new("environments/{key}/drift-watch", "/environments/production/drift-watch", "dora"),
        new("environments/{key}/targets/new", "/environments/production/targets/new", "dora"),
        new("environments/{key}/targets/{name}", "/environments/production/targets/web-1"),
        new("environments/{key}/targets/{name}/edit", "/environments/production/targets/web-1/edit", "dora"),

        new("services", "/services"),
        new("services/new", "/services/new", "dora"),
        new("services/{key}", "/services/greeter"),
        new("services/{key}/edit", "/services/greeter/edit", "dora"),
        new("services/{key}/variables", "/services/greeter/variables"),
        new("services/{key}/variables/new", "/services/greeter/variables/new", "dora"),
        new("services/{key}/variables/{name}", "/services/greeter/variables/log-level", "dora"),
        new("components", "/components"),
        new("components/new", "/components/new"),
        new("components/{key}", "/components/greeter-web"),
        new("components/{key}/edit", "/components/greeter-web/edit"),
        new("components/{key}/versions/new", "/components/greeter-web/versions/new"),
        new("components/{key}/versions/{label}", "/components/greeter-web/versions/1.1.0"),
        new("models", "/models"),
        new("models/{slug}", "/models/rolling-web-service"),
        new("models/{slug}/versions/{number:int}", "/models/rolling-web-service/versions/1"),
        new("step-kinds", "/step-kinds"),

        new("admin", "/admin", "adam"),
        new("admin", "/admin", "mia"),
        new("admin/people", "/admin/people", "adam"),
        new("admin/api-clients", "/admin/api-clients", "adam"),
        new("admin/stores", "/admin/stores", "adam"),
        new("admin/stores/new", "/admin/stores/new", "adam"),
        new("admin/stores/{key}/edit", "/admin/stores/demo/edit", "adam"),
        new("admin/trusted-keys", "/admin/trusted-keys", "adam"),
        new("admin/trusted-keys/new", "/admin/trusted-keys/new", "adam"),
        new("admin/trusted-keys/{key}", "/admin/trusted-keys/release", "adam"),
        new("admin/vulnerabilities", "/admin/vulnerabilities", "adam"),
        new("admin/vulnerabilities", "/admin/vulnerabilities", "ana"),
        new("admin/webhooks", "/admin/webhooks", "adam"),
        new("admin/webhooks/new", "/admin/webhooks/new", "adam"),
        new("admin/webhooks/{key}", "/admin/webhooks/on-call", "adam"),
        new("admin/webhooks/{key}/edit", "/admin/webhooks/on-call/edit", "adam"),
        new("admin/workers", "/admin/workers", "adam"),
        new("admin/workers", "/admin/workers", "ana"),
    ];
}
