using Microsoft.Extensions.Configuration;

namespace DeployHub.Worker.Steps;

/// <summary>Where other systems reach the web of this installation; only its administrator can know.</summary>
internal static class PublicAddress
{
    public const string Rule = "set DeployHub__PublicAddress for its workers, such as https://deployhub.example.org.";

    /// <summary>Null when it is missing or no address.</summary>
    public static Uri? From(IConfiguration configuration) =>
        Uri.TryCreate(configuration["DeployHub:PublicAddress"], UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
