using DeployHub.Domain;
using DeployHub.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DeployHub.Web.Api;

/// <summary>The OpenAPI 3.1 document, made from the endpoints themselves so that it cannot be out of date.</summary>
internal static class OpenApiSetup
{
    public const string Name = "v1";

    private const string Bearer = "bearer";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = type => type.Type == typeof(IfMatch) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id ? NameOf(type.Type) ?? id : null;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeOperations.TransformAsync);
        options.AddSchemaTransformer(DescribeSchemasAsync);
    });

    /// <summary>Open to everybody: it says how to ask, not what the answers are.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    /// <summary><c>ListServices.Row</c> becomes <c>ListServicesRow</c>; what an endpoint file holds keeps its own name.</summary>
    private static string? NameOf(Type type)
    {
        if (type is not { IsNested: true, IsGenericType: false }) return null;
        return type.Assembly == typeof(OpenApiSetup).Assembly ? type.Name : type.DeclaringType!.Name + type.Name;
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DeployHub",
            Version = Name,
            Description = "Everything the pages can do. Lists are paged by key: follow the Link header. A single resource tells its ETag; send it back as If-Match "
                + "when you edit. A POST with an Idempotency-Key is done once. Refusals are problem details with a stable code.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Your own token, from Your account › Tokens, or that of an API client, from Administration › API clients." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task DescribeSchemasAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(ProblemDetails)) DescribeProblem(schema);
        if (type == typeof(Digest)) (schema.Type, schema.Pattern, schema.Description) = (JsonSchemaType.String, "^sha256:[0-9a-f]{64}$", "SHA-256 over the content.");
        if (type == typeof(IfMatch)) schema.Type = JsonSchemaType.String;
        if (IsId(type)) (schema.Type, schema.Format) = (JsonSchemaType.String, "uuid");
        if (context.JsonPropertyInfo is null && DocComments.SummaryOf(type) is { } summary) schema.Description ??= summary;
        if (context.JsonPropertyInfo is { } property && DocComments.OfProperty(property.DeclaringType, property.Name) is { } text) schema.Description ??= text;
        return Task.CompletedTask;
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description = "A refusal (RFC 9457): title is a sentence that names the rule.";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable name of the rule." };
        schema.Properties["whoCould"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Who could do it instead." };
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Sentences by field.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
    }

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));
}
