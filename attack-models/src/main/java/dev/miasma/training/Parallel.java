// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Independent pieces of work on a few threads, the results in order: the number of threads changes the time alone. */
public final class Parallel {

    private Parallel() {}

    /**
     * Does the work 0 to n - 1; the first failure ends the rest and is thrown here.
     *
     * @param threads at least 1
     */
    public static <T> List<T> map(int n, int threads, IntFunction<T> work) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads are " + threads + "; at least 1 needed");
        }
        ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, Math.min(n, threads)));
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int index = i;
                futures.add(executor.submit(() -> work.apply(index)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training", e);
        } finally {
            executor.shutdownNow();
        }
    }
}
