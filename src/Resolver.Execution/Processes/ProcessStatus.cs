using System.Globalization;

namespace Resolver.Execution.Processes;

/// <summary>What Linux says of a process (<c>/proc/ID/stat</c>).</summary>
/// <param name="Name">The program's name, at most 15 characters.</param>
/// <param name="IsDead">Whether it has ended and only waits for its parent to ask how.</param>
/// <param name="Started">When, in hundredths of a second since the system started.</param>
internal readonly record struct ProcessStatus(int Id, string Name, bool IsDead, int Parent, int Session, long Started)
{
    /// <summary>The present, as <see cref="Started"/> counts; on a system without <c>/proc</c> 0.</summary>
    public static long Now()
    {
        try
        {
            var seconds = File.ReadAllText("/proc/uptime").Split(' ')[0];
            return (long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * 100);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return 0;
        }
    }

    /// <summary>Every process that is there now.</summary>
    public static IEnumerable<ProcessStatus> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    ? Of(id)
                    : null
            )
            .OfType<ProcessStatus>();

    /// <summary>One process; null where it is gone.</summary>
    public static ProcessStatus? Of(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            // The name is in parentheses, and may itself hold some.
            var (start, end) = (text.IndexOf('('), text.LastIndexOf(')'));
            var fields = text[(end + 2)..].Split(' ');
            return new ProcessStatus(
                id,
                text[(start + 1)..end],
                fields[0] is "Z" or "X",
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                int.Parse(fields[3], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture)
            );
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
