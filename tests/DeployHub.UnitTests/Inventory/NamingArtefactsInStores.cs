using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;

namespace DeployHub.UnitTests.Inventory;

/// <summary>Each kind of store has its own way to name what lies in it, and its own rules for where it lies.</summary>
public sealed class NamingArtefactsInStores
{
    [Theory]
    [InlineData("shop/web", "shop/web", null)]
    [InlineData("a", "a", null)]
    [InlineData("my-org/my__app.x", "my-org/my__app.x", null)]
    [InlineData("shop/web@linux/amd64", "shop/web", "linux/amd64")]
    [InlineData("shop/web@linux/arm/v7", "shop/web", "linux/arm/v7")]
    public void A_registry_names_repositories_and_platforms(string path, string repository, string? platform)
    {
        var read = OciPath.Parse(path).Value;
        read.Repository.ShouldBe(repository);
        read.Platform?.ToString().ShouldBe(platform);
    }

    [Theory]
    [InlineData("shop/web:1.0")]
    [InlineData("shop/web@sha256:0000")]
    [InlineData("Shop/Web")]
    [InlineData("/shop")]
    [InlineData("shop/")]
    [InlineData("shop//web")]
    [InlineData("shop/web@linux")]
    [InlineData("shop/../../v2")]
    [InlineData("shop web")]
    [InlineData("")]
    public void A_tag_or_anything_else_names_no_image(string path) => StoreKind.Oci.RefusalOf(path)!.Message.ShouldBe(OciPath.Rule);

    [Theory]
    [InlineData("linux/arm64", "linux/arm64/v8", true)]
    [InlineData("linux/arm/v7", "linux/arm/v6", false)]
    [InlineData("linux/amd64", "windows/amd64", false)]
    public void A_platform_without_a_variant_means_any(string wanted, string offered, bool covers) =>
        OciPath.Parse($"x@{wanted}").Value.Platform!.Covers(OciPath.Parse($"x@{offered}").Value.Platform!).ShouldBe(covers);

    [Theory]
    [InlineData("left-pad@1.3.0", "left-pad", "1.3.0")]
    [InlineData("@shop/web@2.0.0-rc.1", "@shop/web", "2.0.0-rc.1")]
    [InlineData("Newtonsoft.Json@13.0.4", "Newtonsoft.Json", "13.0.4")]
    [InlineData("x@1.0.0+build.7", "x", "1.0.0+build.7")]
    public void A_feed_names_packages_with_their_exact_version(string path, string name, string version) => PackagePath.Parse(path).Value.ShouldBe(new PackagePath(name, version));

    [Theory]
    [InlineData("left-pad")]
    [InlineData("left-pad@latest")]
    [InlineData("left-pad@^1.0.0")]
    [InlineData("left-pad@1.x ")]
    [InlineData("../left-pad@1.0.0")]
    [InlineData("a/b@1.0.0")]
    [InlineData("@shop@1.0.0")]
    public void A_range_or_a_tag_names_no_package(string path)
    {
        StoreKind.Npm.RefusalOf(path)!.Message.ShouldBe(PackagePath.Rule);
        StoreKind.NuGet.RefusalOf(path).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(StoreKind.Oci, "https://ghcr.io/acme", "token", null, true)]
    [InlineData(StoreKind.Oci, "ghcr.io/acme", null, null, false)]
    [InlineData(StoreKind.Oci, "https://ghcr.io", null, "eu-central-1", false)]
    [InlineData(StoreKind.S3, "https://s3.eu-central-1.amazonaws.com/bucket/releases", "keys", "eu-central-1", true)]
    [InlineData(StoreKind.S3, "http://minio.corp:9000/bucket", null, null, true)]
    [InlineData(StoreKind.S3, "https://s3.example.com/bucket", "keys", "EU Central", false)]
    [InlineData(StoreKind.Npm, "https://registry.npmjs.org/", null, null, true)]
    [InlineData(StoreKind.NuGet, "https://api.nuget.org/v3/index.json", null, null, true)]
    [InlineData(StoreKind.NuGet, "https://api.nuget.org/v3/", null, null, false)]
    [InlineData((StoreKind)99, "https://x.example/", null, null, false)]
    public void A_store_lies_where_its_kind_can_lie(StoreKind kind, string location, string? credential, string? region, bool fits) =>
        new RegisterStore.Validator().Validate(new RegisterStore("dml", "DML", kind, location, credential, region)).IsValid.ShouldBe(fits);
}
