using DeployHub.Features;
using DeployHub.Features.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DeployHub.Web.Api;

/// <summary>What every operation of the API has in common, said once: its message's doc comment, its refusals, its headers.</summary>
internal static class DescribeOperations
{
    public static async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var message = typeof(DeployHubDb).Assembly.GetTypes().FirstOrDefault(type => type.Name == operation.OperationId && !type.IsNested);
        if (message is not null) Describe(operation, message);

        var isPost = context.Description.HttpMethod == "POST";
        var edits = operation.Parameters?.Any(parameter => parameter.Name == ETags.IfMatch) == true;
        if (isPost) AddIdempotencyKey(operation);
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), cancellationToken: cancellationToken);
        context.Document?.AddComponent(nameof(ProblemDetails), problem);
        var reference = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document);
        foreach (var (status, meaning) in Refusals(isPost, edits, context.Description.HttpMethod != "GET", operation.Parameters?.Any(parameter => parameter.In is ParameterLocation.Path) == true))
            Add(operation, status, meaning, reference);
    }

    private static void Describe(OpenApiOperation operation, Type message)
    {
        var summary = DocComments.SummaryOf(message);
        operation.Summary ??= summary?.Split(". ")[0].TrimEnd('.');
        operation.Description ??= summary;
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= parameter.Name == ETags.IfMatch
                ? "The ETag you looked at. Somebody was quicker: 412."
                : DocComments.OfProperty(message, parameter.Name ?? "");
            if (parameter.In is ParameterLocation.Query && parameter.Name is { } name) parameter.Name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
        }
    }

    private static void AddIdempotencyKey(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotencyKeys.Header,
            In = ParameterLocation.Header,
            Description = "Any random text. The same request with the same key is done once and gets the same answer for 24 hours.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
        });
    }

    private static IEnumerable<(string Status, string Meaning)> Refusals(bool isPost, bool edits, bool writes, bool hasSubject)
    {
        yield return ("400", "The input does not make sense; errors names the fields.");
        yield return ("401", "No or no valid token.");
        yield return ("403", "Your roles do not allow this; whoCould names those that do.");
        if (hasSubject) yield return ("404", "There is no such thing.");
        if (writes) yield return ("409", "A rule or somebody else's change stands against it.");
        if (edits) yield return ("412", "Changed since the version you sent as If-Match.");
        if (isPost) yield return ("422", "The Idempotency-Key was sent with another request before.");
    }

    private static void Add(OpenApiOperation operation, string status, string meaning, OpenApiSchemaReference problem)
    {
        operation.Responses ??= [];
        operation.Responses[status] = new OpenApiResponse
        {
            Description = meaning,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = problem } },
        };
    }
}
