using System.Globalization;

namespace DeployHub.Domain.Audit;

/// <summary>CC-6: how many of the live deployments of the last four weeks were emergencies. Below ten nothing is said (MR-6).</summary>
public static class EmergencyShare
{
    public const int Days = 28;

    public const int Fewest = 10;

    private const double Most = 0.1;

    /// <param name="emergencies">How many of them were.</param>
    /// <param name="all">Live deployments that were completed within <see cref="Days"/>; rehearsals and drills are none.</param>
    public static Breach? Of(int emergencies, int all, DateTimeOffset now) => all >= Fewest && emergencies > all * Most
        ? new Breach(now, string.Create(CultureInfo.InvariantCulture, $"{emergencies} of {all} live deployments of the last {Days} days were emergencies, {100.0 * emergencies / all:0.#} %: more than 10 %."))
        : null;
}
