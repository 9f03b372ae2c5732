namespace DeployHub.Features.Notifications;

/// <summary>Keeps what people tell us in confidence so that whoever reads the database alone cannot use it.</summary>
public interface ISealsSecrets
{
    string Seal(string secret);

    /// <summary>Null for what was sealed with keys that are gone.</summary>
    string? Open(string sealedSecret);
}
