using DeployHub.Domain;

namespace DeployHub.UnitTests;

public sealed class NamingAFew
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a b", "a and b")]
    [InlineData("a b c", "a, b and 1 more")]
    [InlineData("a b c d e", "a, b and 3 more")]
    public void Two_are_named_and_the_rest_counted(string items, string said) => Words.Few(items.Split(' ')).ShouldBe(said);
}
