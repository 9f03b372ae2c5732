using DeployHub.Web.Api;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DeployHub.Web.Pages.Reference;

/// <summary>The API to browse, drawn from the OpenAPI document itself.</summary>
public sealed class IndexModel([FromKeyedServices(OpenApiSetup.Name)] IOpenApiDocumentProvider document) : PageModel
{
    public IReadOnlyList<(string Tag, IReadOnlyList<Call> Calls)> Areas { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var description = await document.GetOpenApiDocumentAsync(cancellationToken);
        var calls =
            from path in description.Paths
            from operation in path.Value.Operations ?? []
            select new Call(operation.Key.Method, path.Key, operation.Value);
        Areas = [.. calls.GroupBy(call => call.Operation.Tags?.FirstOrDefault()?.Name ?? "Other")
            .Select(area => (area.Key, (IReadOnlyList<Call>)[.. area]))];
    }

    public sealed record Call(string Method, string Path, OpenApiOperation Operation)
    {
        public string Anchor => Operation.OperationId ?? $"{Method}{Path}";

        /// <summary>What to send, as an example; null when there is no body.</summary>
        public string? Body => Example(Operation.RequestBody?.Content);

        /// <summary>What comes back when all is well; null when nothing does.</summary>
        public string? Answer => Example(Operation.Responses?.FirstOrDefault(response => response.Key.StartsWith('2')).Value?.Content);

        private static string? Example(IDictionary<string, OpenApiMediaType>? content) =>
            content is not null && content.TryGetValue("application/json", out var json) && json.Schema is not null ? JsonExamples.Of(json.Schema) : null;
    }
}
