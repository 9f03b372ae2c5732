namespace DeployHub.IntegrationTests.Doors;

/// <summary>One row of the catalogue: the same wrong input at the page and at the API, and how both refuse it.</summary>
/// <param name="Case">What is wrong, in words; stands in the failure.</param>
/// <param name="Code">Of both doors.</param>
/// <param name="Field">As the form names it, such as <c>Input.When.Rule</c>; null where the refusal is about no field.</param>
internal sealed record Refusal(string Case, string Code, string? Field, Form Form, Request? Request)
{
    /// <summary>False where the form is gone with its purpose, or cannot show what no person could choose in it.</summary>
    public bool KeepsTyped { get; init; } = true;

    /// <summary>As the API names it, where that is another word than the form's.</summary>
    public string? ApiField { get; init; }

    public Refusal Gone() => this with { KeepsTyped = false };
}

/// <summary>A form as it is sent.</summary>
/// <param name="Handler">Of the page; null for its only one.</param>
internal sealed record Form(string Path, string? Handler, params (string Name, string Value)[] Fields)
{
    public string Action => Handler is null ? Path : $"{Path}{(Path.Contains('?') ? '&' : '?')}handler={Handler}";

    /// <summary>What somebody typed or chose; what the page wrote into the form itself is not.</summary>
    public IEnumerable<(string Name, string Value)> Typed => Fields.Where(sent => sent.Value.Length > 0 && !sent.Name.EndsWith("Digest", StringComparison.Ordinal) && !sent.Name.EndsWith("Seen", StringComparison.Ordinal));
}

/// <summary>A request beneath <c>/api/v1</c>.</summary>
/// <param name="Body">Sent as JSON; a text as the YAML document that it is.</param>
/// <param name="Seen">Sent as <c>If-Match</c>.</param>
internal sealed record Request(HttpMethod Method, string Path, object? Body = null, uint? Seen = null)
{
    public static Request Post(string path, object? body = null) => new(HttpMethod.Post, path, body ?? new { });

    public static Request Put(string path, object body, uint? seen = null) => new(HttpMethod.Put, path, body, seen);
}
