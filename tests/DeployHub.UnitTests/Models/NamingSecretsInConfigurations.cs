using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Models;

/// <summary>A configuration names a secret and holds none; a default behind a name would be one.</summary>
public sealed class NamingSecretsInConfigurations
{
    [Theory]
    [InlineData("${DB_PASSWORD}", true)]
    [InlineData("${shop.db/password}", true)]
    [InlineData("${secret:shop-db}", true)]
    [InlineData("${vault:kv/shop}", true)]
    [InlineData("vault:kv/shop", true)]
    [InlineData("${DB_PASSWORD:hunter2}", false)]
    [InlineData("${DB_PASSWORD:-hunter2}", false)]
    [InlineData("${env:-hunter2}", false)]
    [InlineData("${env:DB_PASSWORD:hunter2}", false)]
    [InlineData("${a} hunter2 ${b}", false)]
    [InlineData("${}", false)]
    [InlineData("hunter2", false)]
    public void Only_a_name_is_a_reference(string value, bool isReference) => new CheckConfiguration(References: ["vault:*"]).IsReference(value).ShouldBe(isReference);
}
