using System.Text.Json;
using System.Text.Json.Serialization;
using DeployHub.Features.Data;

namespace DeployHub.Web.Api;

/// <summary>How the API reads and writes JSON: what it does not understand it refuses, so that no misspelt field is lost silently.</summary>
internal static class JsonSetup
{
    /// <summary>More than any message needs; files go through their own endpoints.</summary>
    public const int LargestBody = 1024 * 1024;

    public static IServiceCollection AddApiJson(this IServiceCollection services) =>
        services
            .ConfigureHttpJsonOptions(http => Configure(http.SerializerOptions))
            .Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // BadRequests turns it into a sentence.

    internal static void Configure(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.AllowOutOfOrderMetadataProperties = true;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        foreach (var converter in Json.Options.Converters) json.Converters.Add(converter);
    }
}
