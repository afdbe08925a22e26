using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Rendering;

/// <summary>The time that documents carry (https://reproducible-builds.org/specs/source-date-epoch/).</summary>
public sealed class DocumentTimeTests
{
    [Theory]
    [InlineData("0", "1970-01-01")]
    [InlineData("1700000000", "2023-11-14")]
    [InlineData("253402300799", "9999-12-31")]
    public void Time_is_what_SOURCE_DATE_EPOCH_says(string epoch, string day) =>
        Assert.Equal(day, DocumentTime.Day(DocumentTime.Of(TimeProvider.System, epoch)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_it_the_time_is_now(string? epoch) =>
        Assert.Equal(
            DocumentTime.Day(TimeProvider.System.GetUtcNow()),
            DocumentTime.Day(DocumentTime.Of(TimeProvider.System, epoch))
        );

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("253402300800")]
    public void Another_value_is_an_error(string epoch) =>
        Assert.Contains(
            epoch,
            Assert.Throws<CommandException>(() => DocumentTime.Of(TimeProvider.System, epoch)).Message,
            StringComparison.Ordinal
        );
}
