// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.miasma.dataset.Features;
import dev.miasma.dataset.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One network on its way through training, on one thread.
 *
 * <p>DJL's own Trainer isn't used for two reasons: its gradient collector can exist once in a process, so networks
 * couldn't be trained side by side, and its random numbers are shared by all threads, so the result would depend on
 * them. Gradients, Adam, convolution and loss are the library's; order, dropout and first weights come from the seed.
 */
final class DjlRun implements AutoCloseable {

    private static final String ENGINE = "PyTorch";
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NO_PADDING = new Shape(0, 0);

    private final Network initial;
    private final NetworkOptions options;
    private final Random random;
    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> biases = new ArrayList<>();
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final Adam weightUpdates;
    private final Adam biasUpdates;

    DjlRun(Network initial, NetworkOptions options, long seed) {
        this.initial = initial;
        this.options = options;
        random = new Random(seed);
        // DJL adds decay x w to the gradient; the derivative of l2 w^2 is 2 l2 w.
        weightUpdates = adam(2 * options.l2());
        biasUpdates = adam(0);
        for (Layer layer : initial.layers()) {
            weights.add(parameter(toTorch(layer), weightShape(layer)));
            biases.add(parameter(layer.biases(), new Shape(layer.biases().length)));
        }
    }

    Network fit(Features x, int[] y) {
        // Threads inherit nothing: each says that it wants gradients.
        JniUtils.setGradMode(true);
        int[] order = Split.shuffled(x.size(), random.nextLong());
        int held = options.patience() == 0 ? 0 : Math.max(1, x.size() / 10);
        int[] trained = Arrays.copyOf(order, order.length - held);
        int[] validation = Arrays.copyOfRange(order, order.length - held, order.length);
        Network best = initial;
        double lowest = Double.POSITIVE_INFINITY;
        int since = 0;
        for (int epoch = 0; epoch < options.epochs(); epoch++) {
            epoch(x, y, trained);
            if (held > 0) {
                double validationLoss = validationLoss(x, y, validation);
                if (validationLoss < lowest) {
                    lowest = validationLoss;
                    best = export();
                    since = 0;
                } else if (++since == options.patience()) {
                    break;
                }
            }
        }
        return held > 0 ? best : export();
    }

    @Override
    public void close() {
        manager.close();
    }

    /** The logits as PyTorch computes them, without dropout; records x outputs. */
    float[] logits(Features x) {
        int[] all = new int[x.size()];
        Arrays.setAll(all, i -> i);
        try (NDManager scope = manager.newSubManager()) {
            return forward(records(scope, x, all), false).toFloatArray();
        }
    }

    private void epoch(Features x, int[] y, int[] records) {
        int[] order = Split.shuffled(records.length, random.nextLong());
        for (int from = 0; from < order.length; from += options.batch()) {
            int to = Math.min(from + options.batch(), order.length);
            step(x, y, Arrays.stream(order, from, to).map(i -> records[i]).toArray());
        }
    }

    private void step(Features x, int[] y, int[] batch) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray batchLoss = loss(scope, x, y, batch, true);
            JniUtils.backward((PtNDArray) batchLoss, (PtNDArray) scope.ones(batchLoss.getShape()), false, false);
            for (int i = 0; i < weights.size(); i++) {
                update(weightUpdates, "weights" + i, weights.get(i));
                update(biasUpdates, "biases" + i, biases.get(i));
            }
        }
    }

    /** Moves a parameter and sets its gradient back to 0, which DJL's update does by itself. */
    private static void update(Adam updates, String name, NDArray parameter) {
        try (NDArray gradient = parameter.getGradient()) {
            updates.update(name, parameter, gradient);
        }
    }

    private double validationLoss(Features x, int[] y, int[] records) {
        double sum = 0;
        for (int from = 0; from < records.length; from += options.batch()) {
            int[] batch = Arrays.copyOfRange(records, from, Math.min(from + options.batch(), records.length));
            try (NDManager scope = manager.newSubManager()) {
                sum += loss(scope, x, y, batch, false).getFloat() * batch.length;
            }
        }
        return sum / records.length;
    }

    private NDArray loss(NDManager scope, Features x, int[] y, int[] batch, boolean dropout) {
        float[] labels = new float[batch.length];
        for (int i = 0; i < batch.length; i++) {
            labels[i] = y[batch[i]];
        }
        NDArray logits = forward(records(scope, x, batch), dropout);
        return loss.evaluate(new NDList(scope.create(labels)), new NDList(logits));
    }

    private NDArray records(NDManager scope, Features x, int[] batch) {
        int width = initial.inputs();
        float[] values = new float[batch.length * width];
        double[] record = new double[width];
        for (int i = 0; i < batch.length; i++) {
            x.row(batch[i], record);
            for (int f = 0; f < width; f++) {
                values[i * width + f] = (float) record[f];
            }
        }
        return scope.create(values, new Shape(batch.length, width));
    }

    private NDArray forward(NDArray in, boolean dropout) {
        NDArray values = dropout ? dropped(in, options.inputDropout()) : in;
        List<Layer> layers = initial.layers();
        for (int i = 0; i < layers.size(); i++) {
            values = switch (layers.get(i)) {
                case ConvolutionLayer layer -> convolution(layer, values, weights.get(i), biases.get(i));
                case DenseLayer layer -> {
                    NDArray sums = values.matMul(weights.get(i)).add(biases.get(i));
                    yield switch (layer.activation()) {
                        case NONE -> sums;
                        case TANH -> dropout ? dropped(sums.tanh(), options.hiddenDropout()) : sums.tanh();
                        case RELU -> {
                            NDArray positive = relu(sums);
                            yield dropout ? dropped(positive, options.hiddenDropout()) : positive;
                        }
                    };
                }
            };
        }
        return values;
    }

    private static NDArray convolution(ConvolutionLayer layer, NDArray in, NDArray weights, NDArray biases) {
        long records = in.getShape().get(0);
        NDArray image = in.reshape(records, layer.channels(), layer.height(), layer.width());
        Shape padding = new Shape(layer.padding(), layer.padding());
        NDArray sums = Conv2d.conv2d(image, weights, biases, ONE, padding, ONE).singletonOrThrow();
        NDArray pooled = Pool.maxPool2d(relu(sums), TWO, TWO, NO_PADDING, false);
        return pooled.reshape(records, layer.outputs());
    }

    /**
     * max(0, values), and not values.maximum(0): DJL wraps a number in a Java buffer and lets it go at once, while
     * autograd reads it again on the way back. After a garbage collection that is somebody else's memory.
     */
    private static NDArray relu(NDArray values) {
        return ai.djl.nn.Activation.relu(values);
    }

    /** Inverted dropout (Srivastava et al. 2014): what stays is scaled up, so answering needs no change. */
    private NDArray dropped(NDArray values, double share) {
        if (share == 0) {
            return values;
        }
        float[] mask = new float[(int) values.size()];
        float kept = (float) (1 / (1 - share));
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextFloat() < share ? 0 : kept;
        }
        return values.mul(values.getManager().create(mask, values.getShape()));
    }

    private Network export() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            Layer layer = initial.layers().get(i);
            layers.add(layer.with(
                    fromTorch(layer, weights.get(i).toFloatArray()),
                    biases.get(i).toFloatArray()));
        }
        return new Network(layers);
    }

    private NDArray parameter(float[] values, Shape shape) {
        NDArray parameter = manager.create(values, shape);
        parameter.setRequiresGradient(true);
        return parameter;
    }

    private Adam adam(double decay) {
        return Adam.builder()
                .optLearningRateTracker(Tracker.fixed((float) options.learningRate()))
                .optWeightDecays((float) decay)
                .build();
    }

    private static Shape weightShape(Layer layer) {
        return switch (layer) {
            case DenseLayer dense -> new Shape(dense.inputs(), dense.outputs());
            case ConvolutionLayer convolution ->
                new Shape(convolution.filters(), convolution.channels(), convolution.kernel(), convolution.kernel());
        };
    }

    /** Dense: inputs x outputs, as here. Convolution: filters first, here last. */
    private static float[] toTorch(Layer layer) {
        float[][] rows = layer.weights();
        int columns = layer.biases().length;
        float[] flat = new float[rows.length * columns];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns; c++) {
                flat[layer instanceof ConvolutionLayer ? c * rows.length + r : r * columns + c] = rows[r][c];
            }
        }
        return flat;
    }

    private static float[][] fromTorch(Layer layer, float[] flat) {
        int columns = layer.biases().length;
        float[][] rows = new float[flat.length / columns][columns];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns; c++) {
                rows[r][c] = flat[layer instanceof ConvolutionLayer ? c * rows.length + r : r * columns + c];
            }
        }
        return rows;
    }
}
