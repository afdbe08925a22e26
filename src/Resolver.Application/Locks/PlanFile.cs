using System.Text;
using Resolver.Application.Inputs;
using Resolver.Packaging.Lockfiles;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;

namespace Resolver.Application.Locks;

/// <summary>Reads the file of <c>install --plan</c>.</summary>
public static class PlanFile
{
    private const int MostWarnings = 5;

    /// <summary>The lock file (PEP 751), where it is one: told by its content, as a plan is a JSON object.</summary>
    /// <param name="notices">Receives warnings of what this program does not know: a later minor version, unknown
    /// keys (PEP 751, "lock-version").</param>
    /// <returns>Null for anything that may be a plan.</returns>
    /// <exception cref="InputException">It cannot be read, or is neither.</exception>
    public static PyLock? ReadLock(string file, Notices notices)
    {
        var bytes = InputFile.ReadBytes(file);
        if (bytes.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{', ..] || !LooksLikeLock(bytes))
            return null;
        var read = PyLock.TryParse(bytes, file);
        if (!read.Success)
            throw InputException.BadInput(read.Error.ToString());
        foreach (var warning in read.Value.Warnings.Take(MostWarnings))
            notices.Warning(warning.ToString());
        if (read.Value.Warnings.Count - MostWarnings is var more and > 0)
            notices.Warning($"{file}: {more} more of these");
        return read.Value;
    }

    // A lock without lock-version is a defective lock, and no plan.
    private static bool LooksLikeLock(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Contains("lock-version", StringComparison.Ordinal)
            || text.Contains("[[packages]]", StringComparison.Ordinal)
            || text.Contains("created-by", StringComparison.Ordinal);
    }

    /// <summary>Whether a lock is one of ours whose packages nobody changed: then it says the order as well, and is a
    /// plan.</summary>
    public static bool IsPlan(PyLock locked, string file) => PlanOf(locked, file) is not null;

    /// <exception cref="InputException">It cannot be read, or is no plan.</exception>
    public static PlanOutcome Read(string file)
    {
        if (ReadLock(file, Notices.None) is { } locked && PlanOf(locked, file) is { } plan)
            return new PlanOutcome.Planned(plan, Proven: true);
        var bytes = InputFile.ReadBytes(file);
        var read = PlanJson.TryRead(bytes, file);
        // Whoever made the plan has judged whether it is the best one; here it is only carried out.
        return read.Success
            ? new PlanOutcome.Planned(read.Value, Proven: true)
            : throw InputException.BadInput(read.Error.ToString());
    }

    private static Plan? PlanOf(PyLock locked, string file) => PlanLock.PlanOf(locked, LockPaths.Reader(file));
}
