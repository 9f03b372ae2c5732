using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeployHub.IntegrationTests.Hub;
using DeployHub.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DeployHub.IntegrationTests.Hosting;

/// <summary>The keys behind cookies and form tokens, in the database that every web node reads.</summary>
public sealed class EncryptingKeys(TestHub hub) : IClassFixture<TestHub>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-keys-").FullName;

    [Fact]
    public async Task A_certificate_keeps_them_from_whoever_reads_the_database()
    {
        await using var database = NpgsqlDataSource.Create(hub.ConnectionString);
        await EmptyRingAsync(database);
        var certificate = await PemAsync("now");
        await using var web = Node(database, ("Certificate", certificate));
        var cookie = web.GetDataProtector("cookies").Protect("mia");

        var stored = await RingAsync(database);
        stored.ShouldContain("EncryptedData");
        stored.ShouldNotContain("<masterKey");
        await using var other = Node(database, ("Certificate", certificate));
        other.GetDataProtector("cookies").Unprotect(cookie).ShouldBe("mia");
        await using var stranger = Node(database);
        Should.Throw<CryptographicException>(() => stranger.GetDataProtector("cookies").Unprotect(cookie));
    }

    [Fact]
    public async Task A_certificate_that_was_replaced_still_reads_what_it_encrypted()
    {
        await using var database = NpgsqlDataSource.Create(hub.ConnectionString);
        await EmptyRingAsync(database);
        var (before, now) = (await PfxAsync("before", "opens it"), await PfxAsync("now", "opens it"));
        await using var earlier = Node(database, ("Certificate", before), ("Password", "opens it"));
        var cookie = earlier.GetDataProtector("cookies").Protect("mia");

        await using var later = Node(database, ("Certificate", now), ("Password", "opens it"), ("Earlier:0", before));
        later.GetDataProtector("cookies").Unprotect(cookie).ShouldBe("mia");
    }

    [Fact]
    public async Task Without_one_they_are_stored_as_before()
    {
        await using var database = NpgsqlDataSource.Create(hub.ConnectionString);
        await EmptyRingAsync(database);
        await using var web = Node(database);
        web.GetDataProtector("cookies").Protect("mia");

        (await RingAsync(database)).ShouldContain("<masterKey");
    }

    [Theory]
    [InlineData("missing.pem")]
    [InlineData("garbage.pfx")]
    [InlineData("no-key.pem")]
    public async Task What_cannot_encrypt_them_is_refused_in_one_sentence(string file)
    {
        var path = Path.Combine(_directory, file);
        if (file == "garbage.pfx") await File.WriteAllTextAsync(path, "garbage");
        if (file == "no-key.pem") await File.WriteAllTextAsync(path, (await CertificateAsync()).ExportCertificatePem());

        var refused = Should.Throw<StartException>(() => KeyCertificate.From(Configuration(("Certificate", path))));
        refused.Message.ShouldStartWith($"DeployHub__Keys__Certificate is {path}, which");
        refused.Message.ShouldNotContain("\n");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static ServiceProvider Node(NpgsqlDataSource database, params (string Name, string Value)[] keys)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(database).AddSharedKeys(Configuration(keys));
        return services.BuildServiceProvider();
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] keys) =>
        new ConfigurationBuilder().AddInMemoryCollection(keys.Select(key => KeyValuePair.Create($"DeployHub:Keys:{key.Name}", (string?)key.Value))).Build();

    private async Task<string> PemAsync(string name)
    {
        using var certificate = await CertificateAsync();
        var path = Path.Combine(_directory, $"{name}.pem");
        await File.WriteAllTextAsync(path, $"{certificate.ExportCertificatePem()}\n{certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }

    private async Task<string> PfxAsync(string name, string password)
    {
        using var certificate = await CertificateAsync();
        var path = Path.Combine(_directory, $"{name}.pfx");
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pfx, password));
        return path;
    }

    private static Task<X509Certificate2> CertificateAsync() => Task.Run(() =>
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=deployhub keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    });

    private static async Task EmptyRingAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("delete from key_ring");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> RingAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select string_agg(xml, '') from key_ring");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

internal static class Protecting
{
    public static IDataProtector GetDataProtector(this IServiceProvider node, string purpose) => node.GetRequiredService<IDataProtectionProvider>().CreateProtector(purpose);
}
