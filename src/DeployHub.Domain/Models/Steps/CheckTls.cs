namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Shakes hands by TLS 1.2 or 1.3 and looks at the certificate: its name fits, somebody trusted has issued it, it is valid now and stays so for a while.
/// </summary>
/// <param name="Address">A host and a port, such as <c>shop.example.com:443</c>.</param>
/// <param name="ServerName">The name that is asked for and must stand in the certificate; the address's host unless told.</param>
/// <param name="ValidFor">How much longer the certificate must be valid, such as <c>14d</c>.</param>
/// <param name="Authority">PEM of the certificates that are trusted instead of the system's.</param>
public sealed record CheckTls(string Address, string? ServerName = null, string ValidFor = "14d", string? Authority = null) : StepSettings;
