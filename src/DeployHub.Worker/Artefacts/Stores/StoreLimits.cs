using Microsoft.Extensions.Configuration;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>What is borne from a store.</summary>
/// <param name="Idle">How long it may take to connect, to answer, or to send the next few kilobytes.</param>
/// <param name="Retries">How often a connection may break with hardly anything gained between.</param>
/// <param name="FirstPause">Before the first retry; it doubles with each.</param>
internal sealed record StoreLimits(TimeSpan Idle, int Retries, TimeSpan FirstPause)
{
    /// <summary>Less than this within <see cref="Idle"/> is as good as nothing.</summary>
    public const int LeastBytes = 4096;

    /// <summary>As much as this, and earlier breaks are forgiven.</summary>
    public const int Gain = 1024 * 1024;

    public static StoreLimits From(IConfiguration configuration) => new(
        TimeSpan.FromSeconds(configuration.GetValue("DeployHub:StoreIdleSeconds", 30.0)), configuration.GetValue("DeployHub:StoreRetries", 4), TimeSpan.FromMilliseconds(250));
}
