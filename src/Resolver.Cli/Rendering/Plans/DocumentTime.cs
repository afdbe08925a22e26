using System.Globalization;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>The time that a document carries: now, or where it must be reproducible what <c>SOURCE_DATE_EPOCH</c>
/// says.</summary>
internal static class DocumentTime
{
    /// <summary>The environment variable, in seconds since 1970
    /// (https://reproducible-builds.org/specs/source-date-epoch/).</summary>
    public const string Variable = "SOURCE_DATE_EPOCH";

    /// <summary>The time in UTC.</summary>
    /// <param name="clock">Says what time it is.</param>
    /// <exception cref="CommandException">The variable is no number of seconds.</exception>
    public static DateTimeOffset Of(TimeProvider clock) => Of(clock, Environment.GetEnvironmentVariable(Variable));

    /// <param name="clock">Says what time it is.</param>
    /// <param name="epoch">The value of the variable, or null.</param>
    /// <exception cref="CommandException">The variable is no number of seconds.</exception>
    public static DateTimeOffset Of(TimeProvider clock, string? epoch)
    {
        if (string.IsNullOrEmpty(epoch))
            return clock.GetUtcNow();
        // The last second of the year 9999, the last that can be written as a date.
        return
            long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw CommandException.Usage($"{Variable} '{epoch}' is not a number of seconds since 1970");
    }

    /// <summary>The day, as <c>2026-11-30</c>.</summary>
    public static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
